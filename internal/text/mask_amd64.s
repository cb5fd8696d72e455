#include "textflag.h"

// CLASSES sets the low 32 bits of WORD, APOSTROPHE, WIDE and BREAKS for the bytes in Y0.
// A byte x is between c and c+n if the unsigned x-c is its own minimum with n.
#define CLASSES(WORD, APOSTROPHE, WIDE, BREAKS) \
	VPOR      Y8, Y0, Y1  \ // letters in lower case
	VPSUBB    Y9, Y1, Y1  \
	VPMINUB   Y10, Y1, Y2 \
	VPCMPEQB  Y1, Y2, Y2  \
	VPSUBB    Y11, Y0, Y3 \
	VPMINUB   Y12, Y3, Y4 \
	VPCMPEQB  Y3, Y4, Y4  \
	VPOR      Y2, Y4, Y2  \
	VPMOVMSKB Y2, WORD    \
	VPCMPEQB  Y13, Y0, Y5 \
	VPMOVMSKB Y5, APOSTROPHE \
	VPCMPEQB  Y14, Y0, Y6 \
	VPOR      Y0, Y6, Y6  \
	VPMOVMSKB Y6, WIDE    \
	VPSUBB    Y15, Y0, Y1 \
	VPMINUB   Y7, Y1, Y2  \
	VPCMPEQB  Y1, Y2, Y2  \
	VPMOVMSKB Y2, BREAKS

#define BROADCAST(VALUE, X, Y) \
	MOVQ         $VALUE, AX \
	MOVQ         AX, X      \
	VPBROADCASTB X, Y

// func classifyAVX2(blocks *block, body *byte, count int)
TEXT ·classifyAVX2(SB), NOSPLIT, $0-24
	MOVQ blocks+0(FP), DI
	MOVQ body+8(FP), SI
	MOVQ count+16(FP), CX
	BROADCAST(0x20, X8, Y8)
	BROADCAST(0x61, X9, Y9)   // a
	BROADCAST(25, X10, Y10)   // z-a
	BROADCAST(0x30, X11, Y11) // 0
	BROADCAST(9, X12, Y12)
	BROADCAST(0x27, X13, Y13) // apostrophe
	BROADCAST(0x60, X14, Y14) // backtick
	BROADCAST(0x0a, X15, Y15) // LF
	BROADCAST(3, X7, Y7)      // CR-LF

loop:
	VMOVDQU (SI), Y0
	CLASSES(AX, BX, DX, R11)
	VMOVDQU 32(SI), Y0
	CLASSES(R8, R9, R10, R12)
	SHLQ    $32, R8
	SHLQ    $32, R9
	SHLQ    $32, R10
	SHLQ    $32, R12
	ORQ     AX, R8
	ORQ     BX, R9
	ORQ     DX, R10
	ORQ     R11, R12
	MOVQ    R8, 0(DI)
	MOVQ    R9, 8(DI)
	MOVQ    R10, 16(DI)
	MOVQ    R12, 24(DI)
	ADDQ    $64, SI
	ADDQ    $32, DI
	DECQ    CX
	JNZ     loop
	VZEROUPPER
	RET
