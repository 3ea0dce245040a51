// Keeps capstone's other architectures out of a static swemu.
//
// cs.c names the entry points of every architecture, which pulls their tables from libcapstone.a: 6 MB and 70,000
// pointers that the dynamic loader would have to relocate at each start, about 0.5 ms. An entry point defined here is
// not looked up in the archive. Opening such an architecture then fails with CS_ERR_ARCH, as in a build without it.

#define CS_ERR_ARCH 2

#define WITHOUT(ARCH)                                                                          \
  int ARCH##_global_init(void *handle) { (void)handle; return CS_ERR_ARCH; }                  \
  int ARCH##_option(void *handle, int type, unsigned long value) {                            \
    (void)handle, (void)type, (void)value;                                                     \
    return CS_ERR_ARCH;                                                                        \
  }

WITHOUT(AArch64)
WITHOUT(ARM)
WITHOUT(EVM)
WITHOUT(M680X)
WITHOUT(M68K)
WITHOUT(Mips)
WITHOUT(PPC)
WITHOUT(Sparc)
WITHOUT(SystemZ)
WITHOUT(TMS320C64x)
WITHOUT(XCore)
