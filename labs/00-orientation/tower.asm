; tower.asm - three routines, one on top of the other, and the top one falls
;
; dump.txt is what its storage looked like afterwards.  The routines keep to
; the standard linkage: R13 leads to the save area of the routine that runs,
; R14 is the return address, R15 the entry, R1 the parameter list.  A routine
; stores the registers of its caller into the caller's save area:
;   +0 not used  +4 back chain  +8 forward chain
;   +12 R14  +16 R15  +20 R0  +24 R1  ...  +68 R12

         ENTRY TOWERIPL
TOWERIPL DC    X'00000000',A(TBEGIN)          ; X'00' IPL
         DC    20F'0'                         ; X'08' old PSWs, CSW, CAW
         DC    X'00020000',A(X'EE18')         ; X'58' external
         DC    X'00020000',A(X'EE20')         ; X'60' supervisor call
         DC    X'00020000',A(X'EE28')         ; X'68' program
         DC    X'00020000',A(X'EE30')         ; X'70' machine check
         DC    X'00020000',A(X'EE38')         ; X'78' input/output
         DC    224F'0'                        ; X'80' to X'3FF'

TBEGIN   BALR  R12,0
         USING *,R12
         LA    R13,TMAIN
         LA    R1,TPARMS1
         L     R15,TWALL
         BALR  R14,R15
         LPSW  TDONE
TWALL    DC    A(WALL)
         DROP  R12

; WALL(height, width): layers, from the widest to the narrowest.
WALL     STM   R14,R12,12(R13)
         LR    R12,R15
         USING WALL,R12
         LA    R2,TWALLSA
         ST    R2,8(,R13)
         ST    R13,4(,R2)
         LR    R13,R2
         LM    R6,R7,0(R1)      ; R6 height, R7 width
WALLNEXT STM   R6,R7,TPARMS2
         LA    R1,TPARMS2
         L     R15,TLAYER
         BALR  R14,R15
         SH    R7,TTWO          ; the next layer is narrower by two
         BCT   R6,WALLNEXT
         L     R13,4(,R13)
         LM    R14,R12,12(R13)
         BR    R14
TLAYER   DC    A(LAYER)
         DROP  R12

; LAYER(number, width): a layer of bricks.
LAYER    STM   R14,R12,12(R13)
         LR    R12,R15
         USING LAYER,R12
         LA    R2,TLAYERSA
         ST    R2,8(,R13)
         ST    R13,4(,R2)
         LR    R13,R2
         LM    R4,R5,0(R1)
         ST    R5,TPARMS3
         LA    R1,TPARMS3
         L     R15,TBRICK
         BALR  R14,R15
         L     R13,4(,R13)
         LM    R14,R12,12(R13)
         BR    R14
TBRICK   DC    A(BRICK)
         DROP  R12

; BRICK(width): how many bricks carry a load of 1000.  It calls nobody, so it
; has no save area.
BRICK    STM   R14,R12,12(R13)
         LR    R12,R15
         USING BRICK,R12
         L     R9,0(,R1)
         SLR   R2,R2
         LA    R3,1000
         DR    R2,R9
         LM    R14,R12,12(R13)
         BR    R14
         DROP  R12

         DS    0D
TDONE    DC    X'00020000',A(0)
TMAIN    DC    18F'0'           ; the save areas
TWALLSA  DC    18F'0'
TLAYERSA DC    18F'0'
TPARMS1  DC    F'7',F'10'
TPARMS2  DC    2F'0'
TPARMS3  DC    F'0'
TTWO     DC    H'2'
