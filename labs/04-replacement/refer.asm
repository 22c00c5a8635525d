; refer.asm - a program that refers to pages as a test tells it
;
; It uses no storage but what it is told to use: everything is in registers.
; At refer_next the test stops the machine and says what comes next:
;   R6  0 fetch, 1 store, 2 the slice ends here (yield), 3 the task ends,
;       4 start one more task of this kind, 5 compute for a while: R5 times
;   R4  the address; R5 what is stored; R7 becomes what is fetched
; So the pages to come are nowhere in storage before their time, and no policy
; can look into the future.
         ENTRY refer
refer    BALR  R12,0
         USING *,R12
         ENTRY refer_next
refer_next SLL R6,2
         B     refer_do(R6)
refer_do B     refer_fetch
         B     refer_store
         B     refer_yield
         B     refer_exit
         B     refer_spawn
         B     refer_spin
refer_fetch L  R7,0(,R4)
         B     refer_next
refer_store ST R5,0(,R4)
         B     refer_next
refer_yield SVC 3
         B     refer_next
refer_exit SVC 0
refer_spawn LA R0,refer_name
         L     R1,refer_at
         SLR   R2,R2
         SVC   5
         B     refer_next
refer_spin BCT R5,refer_spin
         B     refer_next
         DROP  R12
refer_name DC  CL9'REFER'
         DS    0F
refer_at DC    A(refer)
