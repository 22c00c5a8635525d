; probe.asm - two programs that know what is in every register
;
; C programs hardly notice when a register that they do not use at the moment
; is spoilt.  These do, or let the tests look: at each of the names below the
; tests stop the machine.  R12 addresses storage in both.

; Count in R2, and compare all other registers, for ever.  Only an interruption
; that is not handled well can change them.
         ENTRY probe_spin
probe_spin BALR R12,0
         USING *,R12
         LM    R0,R11,pattern
         LM    R13,R15,pattern+52
         SLR   R2,R2
spin_on  LA    R2,1(,R2)
         C     R0,pattern
         BNE   spin_bad
         C     R1,pattern+4
         BNE   spin_bad
         C     R3,pattern+12
         BNE   spin_bad
         C     R4,pattern+16
         BNE   spin_bad
         C     R5,pattern+20
         BNE   spin_bad
         C     R6,pattern+24
         BNE   spin_bad
         C     R7,pattern+28
         BNE   spin_bad
         C     R8,pattern+32
         BNE   spin_bad
         C     R9,pattern+36
         BNE   spin_bad
         C     R10,pattern+40
         BNE   spin_bad
         C     R11,pattern+44
         BNE   spin_bad
         C     R13,pattern+52
         BNE   spin_bad
         C     R14,pattern+56
         BNE   spin_bad
         C     R15,pattern+60
         BE    spin_on
         ENTRY spin_bad
spin_bad B     spin_bad
         DROP  R12

; SVC 3 (yield) and one that is not there, with the condition code 2.
         ENTRY probe_svc
probe_svc BALR R12,0
         USING *,R12
         LM    R0,R11,pattern
         LM    R13,R15,pattern+52
         LTR   R0,R0
         ENTRY probe_before
probe_before SVC 3
         ENTRY probe_after
probe_after L  R15,pattern+60
         SVC   200
         ENTRY probe_unknown
probe_unknown SVC 0
         DROP  R12

; Only to be stopped at (work.h).
         ENTRY work_started
work_started BR R14
         ENTRY work_done
work_done BR   R14

         DS    0F
pattern  DC    X'10111213',X'20212223',X'30313233',X'40414243'
         DC    X'50515253',X'60616263',X'70717273',X'80818283'
         DC    X'90919293',X'A0A1A2A3',X'B0B1B2B3',X'C0C1C2C3'
         DC    X'00000000',X'D0D1D2D3',X'E0E1E2E3',X'F0F1F2F3'
