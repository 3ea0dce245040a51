// run: -> exit 0
// run: a b c -> exit 0
// The state at the entry point: every general register but RSP zero, flags clear, RSP aligned to 16,
// argc, argv and envp in place, MXCSR 0x1f80, x87 control word 0x37f. The exit status names
// the first thing that differs.

    .globl _start
    .text
_start:
    pushfq
    popq entry_flags(%rip)
    testq %rax, %rax
    movl $10, %r11d
    jnz fail
    movl $11, %r11d
    testq %rbx, %rbx
    jnz fail
    movl $12, %r11d
    testq %rcx, %rcx
    jnz fail
    movl $13, %r11d
    testq %rdx, %rdx
    jnz fail
    movl $14, %r11d
    testq %rsi, %rsi
    jnz fail
    movl $15, %r11d
    testq %rdi, %rdi
    jnz fail
    movl $16, %r11d
    testq %rbp, %rbp
    jnz fail
    movl $17, %r11d
    movq %r8, %rax
    orq %r9, %rax
    orq %r10, %rax
    orq %r12, %rax
    orq %r13, %rax
    orq %r14, %rax
    orq %r15, %rax
    jnz fail
    movl $18, %r11d
    testq $15, %rsp
    jnz fail
    movl $19, %r11d
    testq $0xcd5, entry_flags(%rip) // CF PF AF ZF SF DF OF
    jnz fail
    movl $20, %r11d
    stmxcsr word(%rip)
    cmpl $0x1f80, word(%rip)
    jne fail
    movl $21, %r11d
    fnstcw word(%rip)
    cmpw $0x37f, word(%rip)
    jne fail
    movl $22, %r11d
    fnstsw %ax
    testw %ax, %ax
    jnz fail
    movl $23, %r11d
    pxor %xmm1, %xmm1               // the vector registers start as zero
    por %xmm0, %xmm1
    por %xmm7, %xmm1
    por %xmm15, %xmm1
    movq %xmm1, %rax
    testq %rax, %rax
    jnz fail
    movl $24, %r11d
    movq (%rsp), %rcx               // argc strings, then a null
    leaq 8(%rsp), %rsi
1:  cmpq $0, (%rsi)
    je fail
    addq $8, %rsi
    decq %rcx
    jnz 1b
    cmpq $0, (%rsi)
    jne fail
    movl $25, %r11d
    movw %fs, %ax                   // 64-bit selectors of user space
    testw %ax, %ax
    jnz fail
    movl $26, %r11d
    movw %cs, %ax
    cmpw $0x33, %ax
    jne fail
    movw %ss, %ax
    cmpw $0x2b, %ax
    jne fail
    xorl %r11d, %r11d
    movl $1, %eax
    movl $1, %edi
    leaq message(%rip), %rsi
    movl $message_end - message, %edx
    syscall
    xorl %r11d, %r11d
fail:
    movl %r11d, %edi
    movl $60, %eax
    syscall

    .section .rodata
message:
    .ascii "the entry state is as the kernel sets it\n"
message_end:

    .bss
entry_flags:
    .skip 8
word:
    .skip 8

    .section .note.GNU-stack, "", @progbits
