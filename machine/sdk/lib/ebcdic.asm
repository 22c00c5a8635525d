; ebcdic.asm - code page 037 and ISO 8859-1 (ebcdic.h)
;
; translate() goes through the bytes 256 at a time by TRANSLATE, whose length
; is in the instruction: the rest is done by EXECUTE.

         ENTRY translate
translate STM  R2,R3,28(R13)
         USING translate,R15
         L     R2,0(,R1)              ; bytes
         L     R3,4(,R1)              ; n
         L     R1,8(,R1)              ; table
         LA    R0,256
translate_more CLR R3,R0
         BL    translate_rest
         TR    0(256,R2),0(R1)
         ALR   R2,R0
         SLR   R3,R0
         B     translate_more
translate_rest LTR R3,R3
         BZ    translate_end
         BCTR  R3,0
         EX    R3,translate_it
translate_end LM R2,R3,28(R13)
         BR    R14
translate_it TR 0(1,R2),0(R1)
         DROP  R15

         ENTRY ebcdic_to_latin1,latin1_to_ebcdic
ebcdic_to_latin1 DC  X'000102039C09867F978D8E0B0C0D0E0F'  ; 0-
                 DC  X'101112139D8508871819928F1C1D1E1F'  ; 1-
                 DC  X'80818283840A171B88898A8B8C050607'  ; 2-
                 DC  X'909116939495960498999A9B14159E1A'  ; 3-
                 DC  X'20A0E2E4E0E1E3E5E7F1A22E3C282B7C'  ; 4-
                 DC  X'26E9EAEBE8EDEEEFECDF21242A293BAC'  ; 5-
                 DC  X'2D2FC2C4C0C1C3C5C7D1A62C255F3E3F'  ; 6-
                 DC  X'F8C9CACBC8CDCECFCC603A2340273D22'  ; 7-
                 DC  X'D8616263646566676869ABBBF0FDFEB1'  ; 8-
                 DC  X'B06A6B6C6D6E6F707172AABAE6B8C6A4'  ; 9-
                 DC  X'B57E737475767778797AA1BFD0DDDEAE'  ; A-
                 DC  X'5EA3A5B7A9A7B6BCBDBE5B5DAFA8B4D7'  ; B-
                 DC  X'7B414243444546474849ADF4F6F2F3F5'  ; C-
                 DC  X'7D4A4B4C4D4E4F505152B9FBFCF9FAFF'  ; D-
                 DC  X'5CF7535455565758595AB2D4D6D2D3D5'  ; E-
                 DC  X'30313233343536373839B3DBDCD9DA9F'  ; F-
latin1_to_ebcdic DC  X'00010203372D2E2F1605250B0C0D0E0F'  ; 0-
                 DC  X'101112133C3D322618193F271C1D1E1F'  ; 1-
                 DC  X'405A7F7B5B6C507D4D5D5C4E6B604B61'  ; 2-
                 DC  X'F0F1F2F3F4F5F6F7F8F97A5E4C7E6E6F'  ; 3-
                 DC  X'7CC1C2C3C4C5C6C7C8C9D1D2D3D4D5D6'  ; 4-
                 DC  X'D7D8D9E2E3E4E5E6E7E8E9BAE0BBB06D'  ; 5-
                 DC  X'79818283848586878889919293949596'  ; 6-
                 DC  X'979899A2A3A4A5A6A7A8A9C04FD0A107'  ; 7-
                 DC  X'202122232415061728292A2B2C090A1B'  ; 8-
                 DC  X'30311A333435360838393A3B04143EFF'  ; 9-
                 DC  X'41AA4AB19FB26AB5BDB49A8A5FCAAFBC'  ; A-
                 DC  X'908FEAFABEA0B6B39DDA9B8BB7B8B9AB'  ; B-
                 DC  X'6465626663679E687471727378757677'  ; C-
                 DC  X'AC69EDEEEBEFECBF80FDFEFBFCADAE59'  ; D-
                 DC  X'4445424643479C485451525358555657'  ; E-
                 DC  X'8C49CDCECBCFCCE170DDDEDBDC8D8EDF'  ; F-
