; vault.asm - three doors and a vault, to be opened with console functions
;
; The program waits for you at each door, and only the operator of the machine
; can open them: by looking at registers and storage, and changing them.  Your
; handout says what to do.  What is in the vault is in a register for a
; moment only: you have to stop the machine there.

         ENTRY VAULTIPL
VAULTIPL DC    X'00000000',A(VBEGIN)          ; X'00' IPL
         DC    20F'0'                         ; X'08' old PSWs, CSW, CAW
         DC    X'00000000',A(VKEY)            ; X'58' external: on at VKEY
         DC    X'00020000',A(X'EE20')         ; X'60' supervisor call
         DC    X'00020000',A(X'EE28')         ; X'68' program
         DC    X'00020000',A(X'EE30')         ; X'70' machine check
         DC    X'00000000',A(SAYWOKE)         ; X'78' input/output
         DC    96F'0'                         ; X'80' to X'1FF'
         DC    64F'0'                         ; X'200' to X'2FF'
         DC    F'0'                           ; X'300' the lock of door 1
         DC    63F'0'                         ; X'304' to X'3FF'

; R5 becomes a number that you would not guess.
VBEGIN   BALR  R12,0
         USING *,R12
         LCTL  0,0,VKEYONLY     ; control register 0: of all external causes
         LA    R1,VTEXT1        ; the interrupt key alone
         LA    R2,VTEXT1N
         BAL   R14,SAY
         L     R5,VSEED
         LA    R3,17
VMIX     SLL   R5,1
         X     R5,VSEED
         BCT   R3,VMIX

; Door 1: the word at X'300' must be what is in R5.
DOOR1    CL    R5,X'300'
         BNE   DOOR1
         LA    R1,VTEXT2
         LA    R2,VTEXT2N
         BAL   R14,SAY

; Door 2: an enabled wait, until the operator presses the interrupt key.  The
; machine then stores this PSW at X'18' and goes on at VKEY.
DOOR2    LPSW  VWAIT
VKEY     LA    R1,VTEXT3
         LA    R2,VTEXT3N
         BAL   R14,SAY

; Door 3: R7 must be the address of DOOR3 itself.
         SLR   R7,R7
         LA    R4,DOOR3
DOOR3    CR    R7,R4
         BNE   DOOR3

; The vault: what is in R9 is there for one instruction.
         LR    R9,R5
         MR    R8,R4
VAULT    SLR   R8,R8
         LR    R6,R9
         SLR   R9,R9
         N     R6,VMASK
         ST    R6,VDONE+4       ; the code of the wait
         LPSW  VDONE

         DS    0D
VWAIT    DC    X'01020000',A(DOOR2)  ; wait, enabled for external interruptions
VDONE    DC    X'00020000',A(0)
VKEYONLY DC    X'00000040'
VSEED    DC    X'0019A3C5'
VMASK    DC    X'0000FFFF'
VTEXT1   DC    C'DOOR 1: WHAT IS IN GPR 5 OPENS IT, AT LOCATION 300'
VTEXT1N  EQU   *-VTEXT1
VTEXT2   DC    C'DOOR 2: I WAIT FOR THE INTERRUPT KEY'
VTEXT2N  EQU   *-VTEXT2
VTEXT3   DC    C'DOOR 3: GPR 7 MUST LEAD TO THE DOOR, AS GPR 4 DOES'
VTEXT3N  EQU   *-VTEXT3
