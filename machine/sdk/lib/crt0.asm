; crt0.asm - how a C program starts on the bare machine
;
; The image begins here, at location 0, with the PSWs that the machine looks
; for in low storage.  IPL loads the first one, which leads to crt0_start: it
; finds out how much storage there is, clears the program's bss (the loader
; brought only what has initial values), puts the stack at the top of storage
; and calls main().  When main() returns, its value becomes the code of a
; disabled wait, the sign by which people and run370 know that the program
; has ended: 0 is success.
;
; All PSWs are of the BC mode and disabled: a program that wants interruptions
; stores new PSWs of its own.  Until then an interruption ends the program in
; a disabled wait of code X'00EEnn', where nn is the location of the old PSW:
; X'00EE28' after a program interruption, whose cause and place are in the PSW
; at X'28'.  X'00EE00' means that storage is too small for program and stack.
;
; Linkage, as compiled C has it: the standard linkage of OS/VS.
;   R13  save area of the caller, 72 bytes, and its stack pointer: the stack
;        grows down, and a function that calls others or keeps something in
;        storage subtracts its frame from R13.  The frame begins with the
;        save area for those it calls; the back chain is at 4(R13).  Below
;        R13 nothing is kept.
;   R14  return address
;   R15  address of the function; on return the result, extended to a word
;   R1   address of the parameter list, words: a value takes one, one of 64
;        bits two (the high one first), a structure as many as it fills.
;        Characters, shorts and bits are extended to a word.  A function that
;        returns a structure finds the address for it in the first word.
; R2 to R13 are as before after the call.  A result of 64 bits is in R0 and
; R1, the high half in R0.  So an assembler function that C calls begins with
; STM R14,R12,12(R13) and ends with LM R2,R12,28(R13) and BR R14; the words at
; 20(R13) to 68(R13) of the caller's save area are its own.
;
; How the library is linked.  cc370 puts a member of this folder into the
; image when something there refers to a name that is not defined otherwise.
; A .asm member defines the names of its ENTRY statements; a .c member the
; functions whose definitions begin, as everywhere in this kit, with the name
; in the first column and the type on the line above.  All names of an image
; are in one NASM run, so a member's own labels begin with something of its
; name.

         ENTRY crt0
crt0     DC    X'00000000',A(crt0_start)      ; X'00' IPL and restart
         DC    18F'0'                         ; X'08' old PSWs, CSW, CAW
         DC    2F'0'                          ; X'50' interval timer
         DC    X'00020000',A(X'00EE18')       ; X'58' external
         DC    X'00020000',A(X'00EE20')       ; X'60' supervisor call
         DC    X'00000000',A(crt0_absent)     ; X'68' program, see below
         DC    X'00020000',A(X'00EE30')       ; X'70' machine check
         DC    X'00020000',A(X'00EE38')       ; X'78' input/output
         DC    96F'0'                         ; X'80' to X'1FF'

; The size of storage, by halving: R4 is an address that is there (a multiple
; of 4 KiB), R5 one that is not; a test of the one in the middle that fails
; comes back to crt0_absent as a program interruption.
crt0_start BALR R12,0
         USING *,R12
         SLR   R4,R4
         L     R5,crt0_16m
crt0_halve LR  R6,R4
         AR    R6,R5
         SRL   R6,13
         SLL   R6,12
         CR    R6,R4
         BE    crt0_found
         TM    0(R6),1
         LR    R4,R6
         B     crt0_halve
crt0_absent LR R5,R6
         B     crt0_halve
crt0_found MVC X'68'(8),crt0_pgm_new
; Clear the bss.
         L     R2,crt0_bss
         L     R3,crt0_end
         SR    R3,R2
         SLR   R1,R1
         LR    R0,R2
         MVCL  R2,R0
; The stack: main's frame comes below this save area, whose chain ends here.
         S     R5,crt0_save
         L     R1,crt0_end
         LA    R1,2048(,R1)
         CR    R5,R1
         BL    crt0_small
         LR    R13,R5
         XC    0(72,R13),0(R13)
; main(0, NULL), for those who want arguments.
         LA    R1,crt0_arguments
         L     R15,crt0_main
         BALR  R14,R15
         N     R15,crt0_code
         ST    R15,crt0_stop+4
         LPSW  crt0_stop
crt0_small LPSW crt0_no_room
         DROP  R12

         DS    0D
crt0_stop DC   X'00020000',F'0'
crt0_no_room DC X'00020000',A(X'00EE00')
crt0_pgm_new DC X'00020000',A(X'00EE28')
crt0_16m DC    X'01000000'
crt0_code DC   X'00FFFFFF'
crt0_save DC   F'72'
crt0_bss DC    A(__data_end)
crt0_end DC    A(__image_end)
crt0_main DC   A(main)
crt0_arguments DC 2F'0'
