/*
 * advice.c - words from other assemblers and other machines; written operands
 *
 * Who knows another assembler writes its words at first.  For those that are
 * met most there is a hint at what System/370 has in their place.  Of our own
 * instructions it is told which operand they write.
 */
#include <string.h>
#include <strings.h>

#include "statement.h"

/* What a student may bring along from elsewhere. */
static const struct {
    const char *word, *advice;
} foreign[] = {
    {"ADD", "A adds from storage, AR a register"},
    {"SUB", "S subtracts what is in storage, SR a register"},
    {"MUL", "M multiplies by what is in storage, MR by a register"},
    {"DIV", "D divides by what is in storage, DR by a register"},
    {"MOV", "MVC moves storage, LR a register; L loads and ST stores one"},
    {"MOVE", "MVC moves storage, LR a register; L loads and ST stores one"},
    {"LOAD", "L loads a word from storage, LR a register, LA an address"},
    {"STORE", "ST stores a word, STH a halfword, STC a byte"},
    {"LW", "L loads a word from storage"},
    {"SW", "ST stores a word"},
    {"LB", "IC loads a byte from storage"},
    {"SB", "STC stores a byte"},
    {"ADDI", "LA R1,5(,R1) adds up to 4095, A R1,=F'...' any number"},
    {"SUBI", "S R1,=F'...' subtracts a number"},
    {"BEQZ", "LTR R1,R1 and BZ branch if a register is 0"},
    {"BNEZ", "LTR R1,R1 and BNZ branch if a register is not 0"},
    {"JAL", "BAL R14,NAME calls what is near, BALR R14,R15 the rest"},
    {"LEA", "LA loads an address"},
    {"LI", "LA loads a number up to 4095, L R1,=F'...' any other"},
    {"CMP", "C compares with storage, CR with a register, CLI a byte"},
    {"JMP", "B branches to a label, BR to the address in a register"},
    {"BRANCH", "B branches to a label, BR to the address in a register"},
    {"GOTO", "B branches to a label, BR to the address in a register"},
    {"CALL", "L R15,=V(NAME) and BALR R14,R15 call a function"},
    {"RET", "BR R14 goes back to the caller"},
    {"INC", "LA R1,1(,R1) adds 1 to a register"},
    {"DEC", "BCTR R1,0 subtracts 1 from a register"},
    {"AND", "N is AND with storage, NR with a register, NI with a byte"},
    {"XOR", "X is XOR with storage, XR with a register, XI with a byte"},
    {"NOT", "X R1,=X'FFFFFFFF' turns every bit over"},
    {"NEG", "LCR changes the sign of a register"},
    {"SHL", "SLL shifts left, SLA with the sign"},
    {"SHR", "SRL shifts right, SRA with the sign"},
    {"INT", "SVC calls the supervisor"},
    {"SYSCALL", "SVC calls the supervisor"},
    {"HLT", "LPSW with the wait bit on stops the CPU"},
    {"RESB", "DS reserves storage: DS CL80"},
    {"DB", "DC defines constants, DS reserves storage"},
    {"DW", "DC defines constants, DS reserves storage"},
    {"LHI", "later machines have it; here LA, or L R1,=F'...'"},
    {"AHI", "later machines have it; here AH R1,=H'...'"},
    {"CHI", "later machines have it; here CH R1,=H'...'"},
    {"MHI", "later machines have it; here MH R1,=H'...'"},
    {"LARL", "later machines have it; here LA, or L R1,=A(NAME)"},
    {"J", "later machines have it; here B"},
    {"JE", "later machines have it; here BE"},
    {"JNE", "later machines have it; here BNE"},
    {"JZ", "later machines have it; here BZ"},
    {"JNZ", "later machines have it; here BNZ"},
    {"JH", "later machines have it; here BH"},
    {"JL", "later machines have it; here BL"},
    {"BRAS", "later machines have it; here BAL or BAS"},
    {"BRC", "later machines have it; here BC"},
    {"BRCT", "later machines have it; here BCT"},
    {"LGR", "later machines have it; registers have 32 bits here: LR"},
    {"LG", "later machines have it; registers have 32 bits here: L"},
    {"STG", "later machines have it; registers have 32 bits here: ST"},
    {"MVHI", "later machines have it; here MVC FIELD,=F'...'"},
    {"BEQ", "BE branches if equal"},
    {"BNEQ", "BNE branches if not equal"},
    {"BGT", "BH branches if high"},
    {"BLT", "BL branches if low"},
    {"BGE", "BNL branches if not low"},
    {"BLE", "BNH branches if not high"},
    {"BASSM", "later machines have it; here BASR"},
    {"BSM", "later machines have it; here BR"},
    {"COPY", "%include \"FILE\" takes its place"},
    {"MACRO", "NASM's %macro takes its place"},
    {"MEND", "NASM's %endmacro takes its place"},
    {"SETA", "NASM's %assign takes its place"},
    {"AIF", "NASM's %if takes its place"},
    {"WXTRN", "EXTRN names what is defined elsewhere"},
    {"COM", "the image has one section: CSECT"},
    {"AMODE", "all addresses have 24 bits here: leave it out"},
    {"RMODE", "all addresses have 24 bits here: leave it out"},
    {"YREGS", "R0 to R15 are known: leave it out"},
    {"REGEQU", "R0 to R15 are known: leave it out"},
    {"EQUREGS", "R0 to R15 are known: leave it out"},
    {"SAVE", "a macro of OS/VS; here STM R14,R12,12(R13)"},
    {"RETURN", "a macro of OS/VS; here LM R2,R12,28(R13) and BR R14"},
    {"WAIT", "LPSW with the wait bit on stops the CPU"},
};
enum { NFOREIGN = sizeof(foreign) / sizeof(foreign[0]) };

/* Macros and statements of IBM's that have nothing in their place. */
static const char macros[] =
    " WTO WTOR DCB DCBD OPEN CLOSE GET PUT READ WRITE GETMAIN FREEMAIN ABEND "
    "TIME SNAP POST LINK XCTL ATTACH DETACH DELETE SPIE STAE ESTAE STIMER "
    "TTIMER ENQ DEQ TPUT TGET EXCP CHECK ";
static const char statements[] =
    " GBLA GBLB GBLC LCLA LCLB LCLC SETB SETC AGO ANOP ACTR MNOTE MEXIT ICTL "
    "ISEQ REPRO PUNCH OPSYN LOCTR DXD CXD ";

const char *
asm_advice(const char *word)
{
    for (int i = 0; i < NFOREIGN; i++)
        if (strcasecmp(foreign[i].word, word) == 0)
            return foreign[i].advice;
    word = cc_format(" %s ", word);
    if (strstr(macros, word) != NULL)
        return "a macro of OS/VS: there is no operating system under you";
    if (strstr(statements, word) != NULL)
        return "a statement of IBM's assembler that is not here";
    return NULL;
}

int
asm_written(const char *operation)
{
    static const char *const first =
        " MVI NI OI XI TS STCK MVN MVC MVZ NC OC XC TR MVCIN MVO PACK UNPK ED "
        "EDMK SRP ZAP AP SP MP DP ";
    static const char *const last =
        " ST STH STC STM STCM STE STD CVD CS CDS STCTL ";
    const char *word = cc_format(" %s ", operation);

    return strstr(first, word) != NULL  ? 1
           : strstr(last, word) != NULL ? -1
                                        : 0;
}
