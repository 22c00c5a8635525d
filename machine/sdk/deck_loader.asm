; deck_loader.asm - the loader that mkdeck puts in front of an image
;
; Each card of the image:
;   columns 1-4   the address of its first byte
;           5-8   a word that makes the sum of the card's 20 words X'FFFFFFFF'
;           9-80  72 bytes of the image
; The cards come in the order of their addresses, from 128 on.
;
; It ends in the image's own PSW, or in a disabled wait of code
;   X'00DC01'  the reader has no card, or reports an error: the deck is short
;   X'00DC02'  a card is damaged: its sum is wrong
;   X'00DC03'  a card is missing, or in the wrong place
;   X'00DC04'  a card of the loader is damaged

%include "s370.inc"
%include "loader_io.inc"

load_start LA  R1,card
         STCM  R1,7,read_card+1
load_next C    R8,loader_size
         BNL   load_done
         LA    R1,read_card
         BAL   R14,io_do
         LA    R2,card
         LA    R3,20
         SLR   R0,R0
load_sum AL    R0,0(,R2)
         LA    R2,4(,R2)
         BCT   R3,load_sum
         X     R0,loader_ones
         BNZ   bad_card
         C     R8,card
         BNE   bad_order
         MVC   0(72,R8),card+8
         LA    R8,72(,R8)
         B     load_next

bad_io   LPSW  stop_io
bad_card LPSW  stop_card
bad_order LPSW stop_order
bad_loader LPSW stop_loader

         DS    0D
stop_io  DC    X'00020000',A(X'DC01')
stop_card DC   X'00020000',A(X'DC02')
stop_order DC  X'00020000',A(X'DC03')
stop_loader DC X'00020000',A(X'DC04')
io_enabled DC  X'FE020000',F'0'    ; wait for any channel
io_new   DC    F'0',A(0)           ; completed above
read_card DC   X'02',AL3(0),X'0000',H'80'
loader_ones DC X'FFFFFFFF'
         DS    0D
card     EQU   *                   ; 80 bytes behind the loader
