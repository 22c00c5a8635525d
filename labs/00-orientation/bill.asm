; bill.asm - a bill, with a mistake in it
;
; For each item of a table: a line with name, number, price and amount, the
; amount added to TOTAL; at the end a line with the total.  The items come out
; right.  The total does not.
;
; Nothing in this file is yours to edit: you find the mistake in the running
; program, and mend it there with STORE.

         ENTRY BILLIPL
BILLIPL  DC    X'00000000',A(BBEGIN)          ; X'00' IPL
         DC    20F'0'                         ; X'08' old PSWs, CSW, CAW
         DC    X'00020000',A(X'EE18')         ; X'58' external
         DC    X'00020000',A(X'EE20')         ; X'60' supervisor call
         DC    X'00020000',A(X'EE28')         ; X'68' program
         DC    X'00020000',A(X'EE30')         ; X'70' machine check
         DC    X'00000000',A(SAYWOKE)         ; X'78' input/output
         DC    224F'0'                        ; X'80' to X'3FF'

WIDTH    EQU   40

; R4 leads to the item, R5 counts those that are left.
BBEGIN   BALR  R12,0
         USING *,R12
         SLR   R0,R0
         ST    R0,TOTAL
         LA    R4,ITEMS
         LH    R5,ITEMSN
BITEM    BAL   R10,CLEAR
         MVC   LINE(12),0(R4)   ; the name
         LH    R1,12(,R4)       ; how many
         LA    R2,LINE+14
         BAL   R10,DIGITS
         LH    R1,14(,R4)       ; the price of one
         LA    R2,LINE+22
         BAL   R10,DIGITS
         LH    R1,14(,R4)
         MH    R1,12(,R4)       ; the amount
         LR    R3,R1
         A     R3,TOTAL
         ST    R3,TOTAL
         LA    R2,LINE+30
         BAL   R10,DIGITS
         BAL   R10,SHOW
         LA    R4,16(,R4)
         BCT   R5,BITEM

         BAL   R10,CLEAR
         MVC   LINE(5),WORD
         L     R1,TOTAL
         LA    R2,LINE+30
         BAL   R10,DIGITS
         BAL   R10,SHOW
         LPSW  BDONE

; CLEAR: blanks into LINE.  MVC moves byte after byte, from left to right: one
; blank in front of the field is carried through all of it.
CLEAR    MVI   LINE,C' '
         MVC   LINE+1(WIDTH),LINE
         BR    R10

; DIGITS: the number in R1 as six decimal digits, to where R2 leads.
DIGITS   CVD   R1,PACKED        ; binary to decimal, packed: two digits a byte
         UNPK  0(6,R2),PACKED   ; a digit a byte, X'F0' to X'F9'
         OI    5(R2),X'F0'      ; the last one had the sign in its zone
         BR    R10

; SHOW: LINE to the console.
SHOW     LA    R1,LINE
         LA    R2,WIDTH
         BAL   R14,SAY
         BR    R10

         DS    0D
BDONE    DC    X'00020000',A(0)
PACKED   DS    D
LINE     DS    CL40             ; WIDTH blanks or characters
TOTAL    DC    F'0'
ITEMSN   DC    H'5'
; Name, number, price.  There is room for eight.
ITEMS    DC    CL12'PUNCH CARDS',H'2000',H'1'
         DC    CL12'RIBBON',H'3',H'275'
         DC    CL12'PAPER',H'2',H'1850'
         DC    CL12'DISK PACK',H'1',H'24500'
         DC    CL12'COFFEE',H'41',H'15'
         DS    3CL16
WORD     DC    C'TOTAL'
