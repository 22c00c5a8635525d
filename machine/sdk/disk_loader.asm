; disk_loader.asm - the loader that mkdasd writes as record 4 of a volume
;
; The image, from its byte 128 on, is record 1 of each track from cylinder 0,
; head 1 on: the largest record that a track takes, less on the last one.
;
; It ends in the image's own PSW, or in a disabled wait of code
;   X'00DD01'  the disk reports an error, or a record has a wrong length: the
;              CSW is at X'40'
;   X'00DD04'  the loader itself is damaged

%include "s370.inc"
%include "loader_io.inc"

load_start LA  R1,seek_place
         STCM  R1,7,seek+1
         LA    R1,seek_place+2
         STCM  R1,7,search+1
         LA    R1,search
         STCM  R1,7,again+1
         L     R7,loader_size
         SR    R7,R8               ; bytes to come
load_next LTR  R7,R7
         BNP   load_done
         LR    R6,R7               ; ... of them on this track
         CH    R6,loader_track
         BNH   load_read
         LH    R6,loader_track
load_read STCM R8,7,read+1
         STH   R6,read+6
         LA    R1,seek
         BAL   R14,io_do
         AR    R8,R6
         SR    R7,R6
         LH    R1,head             ; the next track
         LA    R1,1(,R1)
         CH    R1,loader_heads
         BL    load_head
         LH    R1,cylinder
         LA    R1,1(,R1)
         STH   R1,cylinder
         SLR   R1,R1
load_head STH  R1,head
         B     load_next

bad_io   LPSW  stop_io
bad_loader LPSW stop_loader

         DS    0D
stop_io  DC    X'00020000',A(X'DD01')
stop_loader DC X'00020000',A(X'DD04')
io_enabled DC  X'FE020000',F'0'    ; wait for any channel
io_new   DC    F'0',A(0)           ; completed above
seek     DC    X'07',AL3(0),X'4000',H'6'
search   DC    X'31',AL3(0),X'4000',H'5'
again    DC    X'08',AL3(0),X'0000',H'1'
read     DC    X'06',AL3(0),X'0000',H'0'
seek_place DC  H'0'
cylinder DC    H'0'
head     DC    H'1'
record   DC    X'01'
loader_ones DC X'FFFFFFFF'
         DS    0D
