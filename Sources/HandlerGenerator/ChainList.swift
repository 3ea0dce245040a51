// swift-format-ignore-file

/// The sequences of micro-ops that have a handler of their own, the most frequent first.
///
/// Letters in front of a member say which of its fields name the register that the member before it writes: `d` its
/// destination, `s` its source, `b` and `i` base and index of its address. That value is then carried over in a register
/// of the host. Chosen by scripts/choose-chains from a profile of the benchmarks and of compilers, interpreters, shells
/// and file tools; those that carry a vector are all that the lines with scalar and packed arithmetic allow.
let chainList = """
Move<UInt64, Dst, Src> + d:Shift<Shr, UInt64, Dst, CountImm, Dead> + d:Binary<Xor, UInt64, Dst, Src, Dead> + d:MultiplySigned<UInt64, Dst, Src, Dead>
PopRegister<UInt64> + PopRegister<UInt64> + PopRegister<UInt64> + PopRegister<UInt64>
PopRegister<UInt64> + PopRegister<UInt64> + PopRegister<UInt64> + Return
Binary<Add, UInt32, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondE>
ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB> + s:Move<UInt64, MemB, VectorPart> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB> + Move<UInt64, MemB, VectorPart> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB> + s:Move<UInt64, MemB, VectorPart> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB> + Move<UInt64, MemB, VectorPart> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Move<UInt32, Dst, Src> + Binary<Add, UInt32, Dst, Src, Live> + Move<UInt8, MemX, Imm> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondBE>
Binary<Add, UInt64, Dst, Imm, Live> + PopRegister<UInt64> + PopRegister<UInt64> + Return
Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt32, Dst, Src, Dead> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
PopRegister<UInt64> + PopRegister<UInt64> + Return
LoadAddress<UInt64, MemBI> + LoadZero<UInt64, MemB> + Binary<Add, UInt64, Dst, Imm, Live> + LoadZero<UInt64, MemBI>
ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src> + s:Move<UInt64, MemB, VectorPart> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src> + s:Move<UInt64, MemB, VectorPart> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src> + Move<UInt64, MemB, VectorPart> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src> + Move<UInt64, MemB, VectorPart> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src> + s:Move<UInt64, MemB, VectorPart> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src> + Move<UInt64, MemB, VectorPart> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Push<UInt64, Src> + Push<UInt64, Src> + Push<UInt64, Src> + Push<UInt64, Src>
LoadZero<UInt64, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Live>
ComputeFloat<MulPS, Src> + d:ComputeFloat<AddPS, MemB> + StoreAligned<MemB> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
ComputeFloat<MulPS, Src> + ComputeFloat<AddPS, MemB> + StoreAligned<MemB> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Extend<ZeroExtend, UInt8, UInt32, MemB> + i:Move<UInt64, Dst, MemBI> + Move<UInt64, Dst, Src> + Binary<Add, UInt64, Dst, Imm, Live>
ComputeFloat<AddPD, MemBI> + StoreAligned<MemBI> + Binary<Add, UInt64, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondNE>
Binary<Sub, UInt64, Dst, Imm, Dead> + Packed<PSadBW, Src> + Packed<PAddQ, Src> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondNE>
Binary<Xor, UInt32, Dst, Src, Dead> + Shift<Shr, UInt32, Dst, CountImm, Live> + Extend<ZeroExtend, UInt8, UInt32, Src> + i:Binary<Xor, UInt32, Dst, MemBI, Dead>
Move<UInt32, Dst, Src> + Extend<SignExtend, UInt32, UInt64, Src> + Binary<Add, UInt64, Dst, Src, Live> + FusedBranch<Cmp, UInt16, MemX, Src, CondNE>
Push<UInt64, Src> + Move<UInt32, Dst, Src> + Push<UInt64, Src> + Move<UInt32, Dst, Src>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Move<UInt64, Dst, MemBI>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + i:Move<UInt64, Dst, MemBI>
Extend<SignExtend, UInt32, UInt64, MemBI> + d:Binary<Add, UInt64, Dst, Src, Live> + s:JumpIndirect<Src>
Binary<Add, UInt64, Dst, MemB, Live> + Move<UInt64, Dst, MemB> + FusedBranch<Sub, UInt64, Dst, ExtendedImm, CondNE>
Move<UInt32, Dst, Imm> + Move<UInt32, Dst, Imm> + Move<UInt64, Dst, Imm> + Move<UInt32, Dst, Imm>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, Src> + CallIndirect<MemB>
LoadAligned<MemB> + d:ComputeFloat<MulPD, MemB> + d:ComputeFloat<AddPD, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
LoadAligned<MemB> + d:ComputeFloat<MulPD, MemB> + s:ComputeFloat<AddPD, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
LoadAligned<MemB> + d:ComputeFloat<MulPD, MemB> + ComputeFloat<AddPD, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
LoadAligned<MemB> + ComputeFloat<MulPD, MemB> + d:ComputeFloat<AddPD, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
LoadAligned<MemB> + ComputeFloat<MulPD, MemB> + s:ComputeFloat<AddPD, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
LoadAligned<MemB> + ComputeFloat<MulPD, MemB> + ComputeFloat<AddPD, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
LoadAligned<MemB> + LoadAligned<MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Live>
Move<UInt32, Dst, Src> + Extend<SignExtend, UInt32, UInt64, Src> + Move<UInt8, Dst, MemX>
Binary<And, UInt32, Dst, Imm, Live> + i:Extend<ZeroExtend, UInt16, UInt32, MemBI> + s:FusedBranch<Cmp, UInt32, MemB, Src, CondAE>
Move<UInt64, Dst, MemB> + d:Binary<Sub, UInt64, Dst, MemB, Live> + JumpIf<CondNE>
LoadAligned<Src> + LoadAligned<Src> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src>
LoadAligned<Src> + LoadAligned<Src> + d:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src>
LoadAligned<Src> + LoadAligned<Src> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src>
LoadAligned<Src> + LoadAligned<Src> + s:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src>
LoadAligned<Src> + LoadAligned<Src> + d:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src>
LoadAligned<Src> + LoadAligned<Src> + s:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src>
LoadAligned<Src> + LoadAligned<Src> + ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src>
LoadAligned<Src> + LoadAligned<Src> + ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src>
LoadAligned<Src> + LoadAligned<Src> + ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src>
Extend<ZeroExtend, UInt8, UInt32, MemBI> + Move<UInt64, Dst, Src> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Test, UInt8, Dst, Src, CondNE>
Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src>
LoadUnaligned<MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Live>
Binary<And, UInt32, Dst, Imm, Live> + i:Extend<ZeroExtend, UInt8, UInt32, MemBI> + i:CallIndirect<MemBI>
Binary<And, UInt32, Dst, Src, Dead> + Binary<Xor, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src>
Binary<And, UInt32, Dst, Src, Dead> + d:Binary<Xor, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src>
LoadAligned<Src> + d:ComputeFloat<AddSD, Src> + CompareOrder<ComiSD, Src> + JumpIf<CondA>
LoadAligned<Src> + s:ComputeFloat<AddSD, Src> + CompareOrder<ComiSD, Src> + JumpIf<CondA>
LoadAligned<Src> + ComputeFloat<AddSD, Src> + CompareOrder<ComiSD, Src> + JumpIf<CondA>
Extend<ZeroExtend, UInt8, UInt32, MemB> + ds:FusedBranch<Test, UInt8, Dst, Src, CondE>
Binary<Add, UInt32, Dst, Imm, Dead> + ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, Src> + d:ComputeFloat<AddSD, Src>
Binary<Add, UInt32, Dst, Imm, Dead> + ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, Src> + s:ComputeFloat<AddSD, Src>
Binary<Add, UInt32, Dst, Imm, Dead> + ComputeFloat<MulSD, Src> + s:ComputeFloat<AddSD, Src> + d:ComputeFloat<AddSD, Src>
Binary<Add, UInt32, Dst, Imm, Dead> + ComputeFloat<MulSD, Src> + s:ComputeFloat<AddSD, Src> + s:ComputeFloat<AddSD, Src>
Binary<Add, UInt32, Dst, Imm, Dead> + ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, Src> + ComputeFloat<AddSD, Src>
Binary<Add, UInt32, Dst, Imm, Dead> + ComputeFloat<MulSD, Src> + s:ComputeFloat<AddSD, Src> + ComputeFloat<AddSD, Src>
Binary<Add, UInt32, Dst, Imm, Dead> + ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, Src> + d:ComputeFloat<AddSD, Src>
Binary<Add, UInt32, Dst, Imm, Dead> + ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, Src> + s:ComputeFloat<AddSD, Src>
Binary<Add, UInt32, Dst, Imm, Dead> + ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, Src> + ComputeFloat<AddSD, Src>
Push<UInt64, Src> + Move<UInt64, Dst, Src> + Push<UInt64, Src> + Move<UInt64, Dst, Src>
LoadAligned<Src> + LoadAddress<UInt64, MemB> + Packed<PCmpEqB, MemBI>
MultiplyWide<UInt64, Src, Dead> + Binary<Add, UInt64, Dst, Src, Live> + Move<UInt64, Dst, MemBI> + Binary<Adc, UInt64, Dst, Src, Live>
Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + Call
Binary<And, UInt32, Dst, Src, Live> + i:Extend<ZeroExtend, UInt16, UInt32, MemBI> + s:FusedBranch<Cmp, UInt32, Dst, Src, CondAE>
StoreAligned<MemB> + StoreAligned<MemB> + StoreAligned<MemB> + StoreAligned<MemB>
Binary<Add, UInt64, MemBI, Src, Live> + Binary<Adc, UInt64, Dst, Src, Live> + Move<UInt64, Dst, MemBI> + Binary<Adc, UInt64, Dst, Src, Dead>
LoadAddress<UInt32, MemBI> + ComputeFloat<CvtSI2SD<UInt32>, Src> + ComputeFloat<DivSD, Src>
Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondE>
Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Live> + ComputeFloat<AddPD, Src>
Move<UInt32, Dst, MemB> + d:MultiplySigned<UInt32, Dst, MemB, Dead>
Move<UInt64, Dst, MemB> + ds:FusedBranch<Test, UInt64, Dst, Src, CondE>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src>
Push<UInt64, Src> + LoadAddress<UInt32, MemB> + FusedBranch<Test, UInt32, Dst, Src, CondE>
ComputeFloat<MulPD, Src> + StoreAligned<MemBI> + Binary<Add, UInt64, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondNE>
Shift<Ror, UInt32, Dst, CountImm, Dead> + Shift<Ror, UInt32, Dst, CountImm, Dead> + d:Binary<Xor, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src>
Move<UInt64, Dst, MemB> + Move<UInt32, Dst, MemB> + Binary<Add, UInt64, Dst, Src, Dead> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondE>
Move<UInt32, MemB, Src> + X87Memory<DB, Digit0, MemB> + X87Register<D9, Digit0, Digit6> + X87Register<D8, Digit6, Digit1>
X87Register<DE, Digit1, Digit3> + X87Register<D9, Digit1, Digit3> + X87Register<D8, Digit0, Digit2> + FusedBranch<Test, UInt8, Dst, ExtendedImm, CondNE>
X87Register<D8, Digit1, Digit5> + X87Register<D9, Digit1, Digit4> + X87CompareFlags<Fcomi, Digit1> + JumpIf<CondBE>
Binary<Add, UInt64, Dst, Imm, Live> + Move<UInt64, MemB, Src> + Binary<Add, UInt64, Dst, Imm, Dead> + Move<UInt64, Dst, Src>
MultiplyWide<UInt64, MemX, Dead> + Clear<Dead> + Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src>
Binary<Add, UInt64, Dst, Src, Live> + Binary<Adc, UInt64, Dst, Src, Dead> + Binary<Add, UInt64, Dst, Src, Live> + Binary<Adc, UInt64, Dst, Src, Dead>
LoadAligned<MemB> + LoadAligned<Src> + Packed<PUnpckLQDQ, Src> + ShuffleTwo<Src>
ComputeFloat<MulPD, Src> + d:ComputeFloat<AddPD, Src> + StoreAligned<MemB> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
ComputeFloat<MulPD, Src> + s:ComputeFloat<AddPD, Src> + StoreAligned<MemB> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
ComputeFloat<MulPD, Src> + ComputeFloat<AddPD, Src> + StoreAligned<MemB> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Shift<Shr, UInt64, Dst, CountImm, Live> + Jump
Binary<Add, UInt64, MemB, Src, Dead> + Binary<Add, UInt64, Dst, Imm, Dead> + Shift<Shr, UInt64, Dst, CountImm, Live> + JumpIf<CondNE>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB>
Binary<Add, UInt64, Dst, Src, Dead> + s:Binary<Sub, UInt64, Dst, Src, Dead> + d:Binary<Add, UInt32, Dst, Imm, Live> + s:Move<UInt8, MemX, Src>
Push<UInt64, Src> + Push<UInt64, Src> + Push<UInt64, Src> + Move<UInt64, Dst, Src>
LoadAddress<UInt64, MemBI> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondE>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Binary<Add, UInt64, Dst, Imm, Dead>
Move<UInt32, Dst, Src> + Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Binary<Add, UInt32, Dst, Imm, Dead>
PopRegister<UInt64> + Return
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Call
FillVector<Zeros> + FillVector<Zeros> + FillVector<Zeros> + FillVector<Zeros>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + d:Binary<And, UInt64, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondA>
Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + Jump
LoadUnaligned<MemB> + LoadUnaligned<MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Live>
Packed<PMAddWD, Src> + Packed<PAddD, Src> + Shuffle<Src> + Packed<PAddD, Src>
Binary<Add, UInt64, Dst, Imm, Dead> + Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + Shift<Shr, UInt32, Dst, CountImm, Dead>
Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + Call
Binary<Add, UInt64, Dst, Imm, Live> + Move<UInt32, Dst, Src> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Move<UInt8, MemX, Src>
Push<UInt64, Src> + Move<UInt32, Dst, Src> + Push<UInt64, Src> + Push<UInt64, Src>
Push<UInt64, Src> + Move<UInt64, Dst, Src> + Push<UInt64, Src>
Move<UInt32, Dst, Src> + Binary<Add, UInt32, Dst, Imm, Dead> + FillVector<Zeros> + Binary<Add, UInt64, Dst, Imm, Dead>
FillVector<Zeros> + MultiplySigned<UInt32, Dst, Src, Dead> + LoadAligned<Src> + Shift<Sar, UInt32, Dst, CountImm, Live>
ComputeFloat<MulSD, MemBI> + Binary<Add, UInt64, Dst, Imm, Dead> + ComputeFloat<AddSD, Src> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondNE>
PopRegister<UInt64> + PopRegister<UInt64>
Unary<Dec, UInt32, Dst, Live> + JumpIf<CondNE>
Binary<Add, UInt64, Dst, Src, Live> + FusedBranch<Cmp, UInt8, MemX, Src, CondNE>
Move<UInt64, Dst, Src> + Call
Merge<MovLPS, MemB> + Merge<MovLPS, MemB> + Merge<MovHPS, MemB> + Merge<MovHPS, MemB>
LoadUnaligned<MemBI> + LoadUnaligned<MemBI>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, Src>
Move<UInt64, Dst, MemB> + Move<UInt32, Dst, Src> + Binary<Add, UInt64, Dst, Imm, Live>
Binary<Sub, UInt32, Dst, Src, Dead> + s:Extend<SignExtend, UInt32, UInt64, Src> + d:Binary<Add, UInt64, Dst, Src, Live> + Call
Move<UInt32, Dst, Src> + s:Binary<Add, UInt64, Dst, Src, Dead> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, Src> + FusedBranch<Test, UInt64, Dst, Src, CondE>
Binary<Xor, UInt32, Dst, Src, Dead> + d:Binary<And, UInt32, Dst, Src, Dead> + d:Binary<Xor, UInt32, Dst, Src, Dead>
Move<UInt32, Dst, Src> + Binary<Add, UInt32, Dst, Imm, Dead>
Move<UInt64, Dst, Imm> + b:Extend<SignExtend, UInt32, UInt64, MemBI> + d:Binary<Add, UInt64, Dst, Src, Live> + s:JumpIndirect<Src>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemBI> + Move<UInt64, Dst, MemBI>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + i:Extend<ZeroExtend, UInt8, UInt32, MemBI> + i:Move<UInt64, Dst, MemBI>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemBI> + i:Move<UInt64, Dst, MemBI>
Binary<Xor, UInt32, Dst, Src, Live> + Move<UInt32, Dst, MemB> + d:Binary<Add, UInt32, Dst, MemB, Dead> + Shift<Rol, UInt32, Dst, CountImm, Dead>
Move<UInt32, Dst, MemB> + Move<UInt32, Dst, MemB>
Push<UInt64, Src> + Move<UInt64, Dst, Src> + Push<UInt64, Src> + Binary<Sub, UInt64, Dst, Imm, Live>
Push<UInt64, Src> + Move<UInt32, Dst, Src> + FusedBranch<Cmp, UInt32, Dst, Src, CondL>
Move<UInt64, Dst, Src> + Binary<Sub, UInt64, Dst, Imm, Live> + i:Move<UInt32, Dst, MemBI> + d:FusedBranch<Cmp, UInt32, Dst, Src, CondG>
Binary<And, UInt64, Dst, Imm, Dead> + Binary<And, UInt64, Dst, Imm, Dead> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondA>
Move<UInt64, Dst, Src> + d:Shift<Shr, UInt64, Dst, CountImm, Dead> + d:Binary<Xor, UInt64, Dst, Src, Dead>
LoadUnaligned<MemB> + Packed<PCmpEqB, Src> + CollectSigns<PMovMskB> + FusedBranch<Test, UInt32, Dst, Src, CondE>
CountBits<ScanForward, UInt64, Src, Live> + Extend<ZeroExtend, UInt8, UInt32, MemBI> + Extend<ZeroExtend, UInt8, UInt32, MemBI>
Shift<Rol, UInt32, Dst, CountImm, Dead> + s:Binary<Xor, UInt32, Dst, Src, Live> + Move<UInt32, Dst, Src> + Binary<Add, UInt32, Dst, MemBI, Live>
Binary<Add, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src> + Binary<Add, UInt32, Dst, Src, Dead> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondE>
Move<UInt64, Dst, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Test, UInt64, Dst, Src, CondE>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Src, Dead> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
LoadAligned<MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Live> + LoadAligned<Src>
Shift<Shl, UInt64, Dst, CountImm, Dead> + d:Binary<Add, UInt64, Dst, Src, Live> + b:LoadAddress<UInt64, MemB> + JumpIndirect<Src>
Push<UInt64, Src> + Push<UInt64, Src>
Push<UInt64, Src> + Push<UInt64, Src> + Push<UInt64, Src>
CollectSigns<PMovMskB> + FusedBranch<Test, UInt32, Dst, Src, CondNE>
Shift<Rol, UInt32, Dst, CountImm, Dead> + s:Binary<Xor, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src>
Move<UInt64, Dst, Src> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondNE>
LoadZero<UInt64, MemB> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + d:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + d:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + s:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + s:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + d:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + d:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + d:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + s:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + s:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + s:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + d:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + s:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemB> + ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src>
LoadZero<UInt64, MemBI> + LoadZero<UInt64, MemBI> + LoadZero<UInt64, MemBI> + LoadZero<UInt64, MemBI>
Binary<Add, UInt64, Dst, Src, Live> + ComputeFloat<MulSD, Src> + LoadAligned<Src> + d:ComputeFloat<MulSD, Src>
Binary<Add, UInt64, Dst, Src, Live> + ComputeFloat<MulSD, Src> + LoadAligned<Src> + s:ComputeFloat<MulSD, Src>
Binary<Add, UInt64, Dst, Src, Live> + ComputeFloat<MulSD, Src> + LoadAligned<Src> + ComputeFloat<MulSD, Src>
LoadZero<UInt64, MemB> + d:ComputeFloat<SubSD, Src> + s:Move<UInt64, MemBI, VectorPart> + LoadZero<UInt64, MemB>
LoadZero<UInt64, MemB> + s:ComputeFloat<SubSD, Src> + s:Move<UInt64, MemBI, VectorPart> + LoadZero<UInt64, MemB>
LoadZero<UInt64, MemB> + d:ComputeFloat<SubSD, Src> + Move<UInt64, MemBI, VectorPart> + LoadZero<UInt64, MemB>
LoadZero<UInt64, MemB> + s:ComputeFloat<SubSD, Src> + Move<UInt64, MemBI, VectorPart> + LoadZero<UInt64, MemB>
LoadZero<UInt64, MemB> + ComputeFloat<SubSD, Src> + s:Move<UInt64, MemBI, VectorPart> + LoadZero<UInt64, MemB>
LoadZero<UInt64, MemB> + ComputeFloat<SubSD, Src> + Move<UInt64, MemBI, VectorPart> + LoadZero<UInt64, MemB>
ComputeFloat<AddSD, MemB> + Binary<Add, UInt64, Dst, Imm, Live> + ComputeFloat<SubSD, Src> + s:Move<UInt64, MemB, VectorPart>
ComputeFloat<AddSD, MemB> + Binary<Add, UInt64, Dst, Imm, Live> + ComputeFloat<SubSD, Src> + Move<UInt64, MemB, VectorPart>
ComputeFloat<AddSD, MemB> + Binary<Add, UInt64, Dst, Imm, Live> + b:Move<UInt64, MemB, VectorPart> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Move<UInt64, Dst, Src> + d:Binary<Sub, UInt64, Dst, Src, Live> + b:Extend<ZeroExtend, UInt8, UInt32, MemBI> + s:FusedBranch<Cmp, UInt8, MemX, Src, CondE>
Binary<And, UInt32, Dst, Src, Dead> + Binary<Add, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src>
Move<UInt32, Dst, Src> + Shift<Ror, UInt32, Dst, CountImm, Dead> + Shift<Ror, UInt32, Dst, CountImm, Dead>
Binary<Add, UInt64, Dst, Src, Live> + s:Move<UInt64, MemB, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondB>
Binary<Add, UInt64, Dst, Imm, Live> + Jump
Binary<Xor, UInt32, Dst, Src, Dead> + d:Binary<Xor, UInt32, Dst, Src, Dead> + s:Binary<Add, UInt32, Dst, Src, Live>
Binary<Xor, UInt32, Dst, Src, Dead> + Binary<Xor, UInt32, Dst, Src, Dead> + Binary<Add, UInt32, Dst, Src, Live>
Binary<Add, UInt32, Dst, Src, Dead> + LoadAddress<UInt32, MemBI> + Move<UInt32, Dst, Src> + Shift<Rol, UInt32, Dst, CountImm, Dead>
Move<UInt64, Dst, Src> + Binary<Add, UInt64, Dst, Imm, Live> + i:Move<UInt32, Dst, MemBI> + d:FusedBranch<Cmp, UInt32, Dst, Src, CondL>
Binary<Sub, UInt32, Dst, Imm, Dead> + Unary<Inc, UInt64, Dst, Dead> + FusedBranch<Cmp, UInt8, Dst, ExtendedImm, CondA>
Move<UInt8, Dst, MemX> + Move<UInt32, Dst, Src> + FusedBranch<Test, UInt8, Dst, ExtendedImm, CondE>
Packed<PUnpckHQDQ, Src> + Packed<PXor, Src> + ComputeFloat<MulPD, Src>
Move<UInt64, Dst, Src> + d:FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondLE>
Binary<Add, UInt64, Dst, Imm, Dead> + Shift<Shl, UInt32, Dst, CountImm, Dead> + d:Binary<Add, UInt32, Dst, Src, Dead>
Binary<Add, UInt32, Dst, Src, Live> + Extend<ZeroExtend, UInt8, UInt32, MemB> + ds:FusedBranch<Test, UInt32, Dst, Src, CondNE>
Move<UInt64, Dst, Src> + d:Shift<Shr, UInt64, Dst, CountImm, Dead> + s:Binary<Xor, UInt64, Dst, Src, Live>
Push<UInt64, Src> + Push<UInt64, Src> + Binary<Sub, UInt64, Dst, Imm, Live>
LoadAddress<UInt32, MemBI> + d:Binary<Add, UInt32, Dst, Src, Dead> + FusedBranch<Sub, UInt32, Dst, ExtendedImm, CondNE>
LoadUnaligned<MemB> + LoadUnaligned<MemB> + LoadUnaligned<MemB> + LoadUnaligned<MemB>
LoadAligned<Src> + LoadAligned<Src> + Packed<PUnpckHBW, Src> + Packed<PUnpckLBW, Src>
Packed<PUnpckLBW, Src> + Packed<PUnpckHBW, Src> + Packed<PMulLW, Src> + Packed<PMulLW, Src>
Packed<PAddW, Src> + Packed<PAddW, Src> + Packed<PAddW, Src> + Packed<PAddW, Src>
Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src>
Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + s:Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src>
Shift<Shr, UInt64, Dst, CountImm, Dead> + b:LoadAddress<UInt64, MemBI> + i:LoadAddress<UInt64, MemBI>
Move<UInt32, Dst, Src> + Extend<ZeroExtend, UInt8, UInt32, MemB> + d:FusedBranch<Cmp, UInt8, Dst, Src, CondNE>
Move<UInt32, Dst, MemB> + Binary<Sub, UInt64, Dst, Imm, Dead> + FusedBranch<Test, UInt32, Dst, Src, CondNE>
Push<UInt64, Src> + Push<UInt64, Src> + Move<UInt64, Dst, Src> + Binary<Sub, UInt64, Dst, Imm, Live>
Move<UInt32, Dst, MemB> + ds:FusedBranch<Test, UInt32, Dst, Src, CondE>
Move<UInt32, Dst, Src> + i:Move<UInt32, Dst, MemBI> + ds:FusedBranch<Test, UInt32, Dst, Src, CondE>
Packed<PUnpckLBW, Src> + Packed<PUnpckLWD, Src> + Shuffle<Src> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondB>
Binary<And, UInt32, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Live> + Shift<Shr, UInt64, Dst, CountCL, Dead>
Packed<PSubB, Src> + CollectSigns<PMovMskB> + FusedBranch<Sub, UInt32, Dst, ExtendedImm, CondNE>
Push<UInt64, Src> + Move<UInt64, Dst, Src> + Binary<Sub, UInt64, Dst, Imm, Live>
Binary<Sub, UInt64, Dst, Imm, Live> + Move<UInt64, Dst, MemB> + s:Move<UInt64, MemB, Src> + Clear<Live>
Binary<Add, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src>
Shuffle<Src> + Packed<PAddD, Src> + LoadAligned<Src>
Extend<ZeroExtend, UInt16, UInt32, VectorPart> + s:Move<UInt16, MemX, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Binary<Sub, UInt64, Dst, Src, Live> + b:Extend<ZeroExtend, UInt8, UInt32, MemBI> + s:Move<UInt8, MemX, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Move<UInt32, Dst, Imm> + Clear<Live>
Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + Shift<Shr, UInt32, Dst, CountImm, Dead>
Binary<Sub, UInt64, Dst, Imm, Dead> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondBE>
LoadAddress<UInt32, MemB> + Move<UInt64, Dst, Src> + Call
MultiplySigned<UInt32, Dst, Src, Dead> + LoadAligned<Src> + Shift<Sar, UInt32, Dst, CountImm, Live>
ComputeFloat<MulSD, MemB> + d:ComputeFloat<AddSD, Src> + FusedBranch<Cmp, UInt32, Dst, Src, CondNE>
ComputeFloat<MulSD, MemB> + s:ComputeFloat<AddSD, Src> + FusedBranch<Cmp, UInt32, Dst, Src, CondNE>
ComputeFloat<MulSD, MemB> + ComputeFloat<AddSD, Src> + FusedBranch<Cmp, UInt32, Dst, Src, CondNE>
Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src>
Binary<Add, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src> + Shift<Shr, UInt32, Dst, CountImm, Dead> + Shift<Ror, UInt32, Dst, CountImm, Dead>
Shift<Rol, UInt32, Dst, CountImm, Dead> + Shift<Rol, UInt32, Dst, CountImm, Dead> + d:Binary<Xor, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + s:Move<UInt64, MemB, Src>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + Move<UInt64, MemB, Src>
Push<UInt64, Src> + Move<UInt64, Dst, Src>
LoadAligned<MemB> + d:ComputeFloat<MulPD, MemB>
LoadAligned<MemB> + ComputeFloat<MulPD, MemB>
FillVector<Zeros> + Packed<PCmpEqB, Src> + Packed<PCmpEqB, Src>
Move<UInt64, Dst, Src> + Jump
Push<UInt64, Src> + Move<UInt64, Dst, Src> + Push<UInt64, Src> + Move<UInt32, Dst, Src>
Push<UInt64, Src> + LoadAddress<UInt64, MemB> + Push<UInt64, Src> + Binary<Sub, UInt64, Dst, Imm, Live>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Call
Clear<Dead> + Move<UInt64, Dst, Src> + d:Binary<And, UInt64, Dst, Imm, Dead> + s:Move<UInt64, Dst, Src>
Binary<Add, UInt64, Dst, Imm, Live> + Move<UInt64, Dst, Src>
Binary<Xor, UInt32, Dst, Src, Dead> + d:Binary<Add, UInt32, Dst, Src, Live> + Move<UInt32, Dst, MemB> + Shift<Rol, UInt32, Dst, CountImm, Dead>
X87Register<D9, Digit1, Digit3> + X87Register<D8, Digit7, Digit5> + X87Register<DE, Digit0, Digit4> + X87Register<D9, Digit1, Digit4>
Binary<Sub, UInt32, Dst, Imm, Live> + Call
LoadAddress<UInt32, MemB> + Return
Binary<Or, UInt32, Dst, Imm, Dead> + s:MultiplySigned<UInt32, Src, Imm, Dead> + d:Shift<Shr, UInt32, Dst, CountImm, Live>
X87Register<D9, Digit0, Digit5> + X87Register<D9, Digit4, Digit0> + X87Register<DE, Digit6, Digit4> + X87Register<D9, Digit1, Digit3>
Binary<Add, UInt32, Dst, MemBI, Dead> + Unary<Not, UInt32, Dst, Live> + Unary<Inc, UInt64, Dst, Dead>
Move<UInt64, Dst, MemB> + i:Binary<Cmp, UInt32, MemBI, Imm, Live> + LoadAddress<UInt64, MemB> + JumpIf<CondA>
Move<UInt32, Dst, MemBI> + i:Extend<SignExtend, UInt32, UInt64, MemBI> + d:Binary<Add, UInt64, Dst, Src, Live> + s:JumpIndirect<Src>
ComputeFloat<AddSD, Src> + d:ComputeFloat<SubSD, Src>
ComputeFloat<AddSD, Src> + s:ComputeFloat<SubSD, Src>
ComputeFloat<AddSD, Src> + ComputeFloat<SubSD, Src>
Move<UInt32, Dst, MemBI> + Move<UInt32, Dst, MemBI> + Extend<SignExtend, UInt32, UInt64, Src> + FusedBranch<Cmp, UInt32, Dst, Src, CondLE>
StoreAligned<MemB> + StoreAligned<MemB> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
LoadAligned<MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Live>
Binary<And, UInt32, Dst, Imm, Live> + Extend<ZeroExtend, UInt8, UInt32, Src> + Move<UInt64, Dst, MemBI>
ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src> + d:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src> + s:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src> + d:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src> + s:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + d:ComputeFloat<SubSD, Src> + ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + s:ComputeFloat<SubSD, Src> + ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src> + d:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src> + s:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + ComputeFloat<SubSD, Src> + ComputeFloat<AddSD, Src>
Move<UInt64, Dst, Src> + Binary<Add, UInt64, Dst, Imm, Dead> + Shift<Shl, UInt64, Dst, CountImm, Dead> + d:Binary<Add, UInt64, Dst, Src, Dead>
Move<UInt64, Dst, MemB> + Move<UInt32, Dst, Src>
Binary<Add, UInt64, Dst, Src, Live> + Extend<ZeroExtend, UInt8, UInt32, MemB> + d:FusedBranch<Cmp, UInt8, Dst, ExtendedImm, CondNE>
Binary<Adc, UInt64, Dst, Src, Live> + Binary<Adc, UInt64, Dst, Src, Live> + Move<UInt64, Dst, MemBI>
Move<UInt32, Dst, Src> + Move<UInt64, Dst, Src> + Unary<Neg, UInt32, Dst, Dead> + Shift<Shl, UInt64, Dst, CountImm, Dead>
Binary<And, UInt32, Dst, Src, Dead> + s:Binary<Xor, UInt32, Dst, Src, Dead> + Binary<Or, UInt32, Dst, Src, Live> + Move<UInt32, MemBI, Src>
Extend<SignExtend, UInt32, UInt64, Src> + s:Move<UInt64, Dst, Src> + d:Shift<Shl, UInt64, Dst, CountImm, Live> + i:Move<UInt32, Dst, MemBI>
Push<UInt64, Src> + Move<UInt64, Dst, Src> + Push<UInt64, Src> + Push<UInt64, Src>
Move<UInt64, Dst, Src> + Binary<Sub, UInt32, Dst, Imm, Dead> + Shift<Shr, UInt64, Dst, CountImm, Live> + d:Binary<Xor, UInt64, Dst, MemB, Live>
Move<UInt32, Dst, MemB> + ds:FusedBranch<Test, UInt32, Dst, Src, CondNE>
LoadAligned<Src> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src>
LoadAligned<Src> + d:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src>
LoadAligned<Src> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src>
LoadAligned<Src> + s:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src>
LoadAligned<Src> + d:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src>
LoadAligned<Src> + s:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src>
LoadAligned<Src> + ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src>
LoadAligned<Src> + ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src>
LoadAligned<Src> + ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src>
LoadUnaligned<MemB> + LoadUnaligned<MemB> + Packed<PCmpEqB, MemB> + Packed<PCmpEqB, MemB>
PopRegister<UInt64> + PopRegister<UInt64> + Jump
Extend<ZeroExtend, UInt8, UInt32, MemB> + Jump
Move<UInt32, Dst, Src> + i:Extend<SignExtend, UInt32, UInt64, MemBI> + d:Binary<Add, UInt64, Dst, Src, Live> + s:JumpIndirect<Src>
Shift<Shr, UInt64, Dst, CountImm, Live> + d:Binary<Xor, UInt64, Dst, MemBI, Live> + s:Move<UInt64, MemB, Src> + Move<UInt64, MemBI, Src>
Binary<Add, UInt32, Dst, Imm, Live> + Move<UInt32, MemBI, Src> + Move<UInt32, MemBI, Src> + FusedBranch<Cmp, UInt32, Dst, Src, CondLE>
Binary<Cmp, UInt16, Dst, Src, Live> + MoveIf<CondB, UInt32, Src> + Binary<Add, UInt16, Dst, Imm, Live> + Move<UInt16, MemX, Src>
Binary<Add, UInt32, Dst, Src, Dead> + LoadAddress<UInt32, MemBI> + Move<UInt32, Dst, Src>
Binary<Add, UInt32, Dst, Imm, Dead> + s:Extend<SignExtend, UInt32, UInt64, Src> + Binary<Or, UInt32, Dst, Src, Live> + Binary<Or, UInt32, Dst, MemBI, Dead>
Move<UInt64, Dst, Src> + Binary<Add, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src> + Shift<Shl, UInt64, Dst, CountImm, Dead>
Binary<Or, UInt32, Dst, Src, Live> + Move<UInt32, MemBI, Src> + Binary<Or, UInt32, Dst, Src, Live> + Move<UInt32, MemBI, Src>
Move<UInt32, MemBI, Src> + Shift<Shl, UInt64, Dst, CountImm, Dead> + i:LoadAddress<UInt64, MemBI> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondE>
ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + s:Move<UInt64, MemB, VectorPart>
ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + s:Move<UInt64, MemB, VectorPart>
ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + Move<UInt64, MemB, VectorPart>
ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + Move<UInt64, MemB, VectorPart>
ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + s:Move<UInt64, MemB, VectorPart>
ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + Move<UInt64, MemB, VectorPart>
StoreAligned<MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + s:Move<UInt8, MemX, Src>
Extend<SignExtend, UInt32, UInt64, Src> + Move<UInt32, Dst, Src> + d:Binary<Add, UInt64, Dst, Src, Live> + FusedBranch<Cmp, UInt8, MemX, Src, CondNE>
Extend<ZeroExtend, UInt8, UInt32, MemBI> + ds:FusedBranch<Test, UInt8, Dst, Src, CondNE>
Binary<Add, UInt64, Dst, Src, Live> + Binary<Adc, UInt64, Dst, Src, Live> + Move<UInt32, Dst, Imm> + Move<UInt64, Dst, MemBI>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + LoadAddress<UInt64, MemB> + FusedBranch<Cmp, UInt64, MemB, Src, CondE>
Packed<PackUSWB, Src> + StoreAligned<MemB> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Clear<Live> + Jump
Binary<Sub, UInt32, Dst, Src, Live> + Return
Extend<ZeroExtend, UInt8, UInt32, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Test, UInt8, Dst, Src, CondE>
Binary<And, UInt64, Dst, Imm, Dead> + Binary<And, UInt64, Dst, Imm, Dead> + Move<UInt32, Dst, Imm> + Clear<Dead>
Move<UInt32, Dst, Src> + Binary<Add, UInt64, Dst, Imm, Dead> + Shift<Shl, UInt32, Dst, CountImm, Dead>
Clear<Dead> + Move<UInt64, Dst, Src>
Move<UInt64, Dst, Imm> + Move<UInt64, Dst, MemB> + Move<UInt32, Dst, MemBI> + FusedBranch<Test, UInt8, Dst, ExtendedImm, CondNE>
Extend<ZeroExtend, UInt8, UInt32, MemB> + ds:FusedBranch<Test, UInt32, Dst, Src, CondE>
Binary<Add, UInt64, Dst, Imm, Dead> + s:FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Binary<Add, UInt64, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Push<UInt64, Src> + Push<UInt64, Src> + Move<UInt32, Dst, Src>
Move<UInt64, MemB, Src> + Jump
Binary<Add, UInt64, Dst, Src, Dead> + s:Move<UInt64, Dst, Src> + d:Shift<Shr, UInt64, Dst, CountImm, Dead> + s:Binary<Xor, UInt64, Dst, Src, Dead>
Move<UInt64, MemB, Src> + Move<UInt64, MemB, Src> + Move<UInt64, MemB, Src> + Move<UInt64, MemB, Src>
LoadAddress<UInt64, MemB> + Clear<Dead> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondBE>
Move<UInt64, Dst, MemB> + Call
Binary<Add, UInt32, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Cmp, UInt32, Dst, Src, CondE>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Move<UInt32, Dst, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Move<UInt64, Dst, MemBI>
Move<UInt64, Dst, MemB> + Move<UInt32, Dst, Src> + i:Move<UInt64, Dst, MemBI> + ds:FusedBranch<Test, UInt64, Dst, Src, CondNE>
Move<UInt32, Dst, MemB> + Move<UInt32, Dst, Src> + d:Binary<And, UInt32, Dst, MemB, Live> + i:Move<UInt64, Dst, MemBI>
Move<UInt32, Dst, Src> + Move<UInt64, Dst, Src> + d:Shift<Shr, UInt64, Dst, CountCL, Live> + Move<UInt32, Dst, Src>
Move<UInt32, Dst, MemB> + Move<UInt64, Dst, MemB>
Move<UInt64, Dst, MemB> + Binary<Add, UInt64, Dst, Imm, Dead>
Extend<ZeroExtend, UInt16, UInt32, MemB> + s:Move<UInt16, MemX, Src> + Move<UInt16, MemX, Src>
Move<UInt32, Dst, MemB> + d:MultiplySigned<UInt32, Dst, MemB, Dead> + d:Shift<Shr, UInt32, Dst, CountImm, Live> + Return
Move<UInt64, Dst, Src> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondB>
Move<UInt32, Dst, Src> + d:Binary<Sub, UInt32, Dst, Src, Dead>
Binary<Add, UInt32, Dst, Imm, Live> + Move<UInt32, Dst, MemB> + FusedBranch<Cmp, UInt32, Dst, Src, CondNE>
Extend<SignExtend, UInt32, UInt64, Src> + MultiplySigned<UInt64, Dst, Src, Dead> + LoadAddress<UInt32, MemBI>
Move<UInt32, Dst, MemB> + s:Move<UInt32, Dst, Src>
Move<UInt32, Dst, MemB> + Move<UInt32, Dst, Src>
StoreAligned<MemB> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Move<UInt64, Dst, Src> + MultiplyWide<UInt64, Src, Dead>
LoadAddress<UInt32, MemB> + Call
Binary<And, UInt64, Dst, Imm, Live> + Packed<PCmpEqB, MemB> + Packed<PCmpEqB, MemB> + Packed<PCmpEqB, MemB>
Shift<Shl, UInt64, Dst, CountImm, Dead> + s:Binary<Or, UInt64, Dst, Src, Dead> + Move<UInt64, Dst, Src> + d:Binary<Xor, UInt64, Dst, Src, Dead>
Packed<PSubB, Src> + CollectSigns<PMovMskB> + Shift<Shr, UInt32, Dst, CountCL, Live> + Shift<Shr, UInt32, Dst, CountCL, Dead>
MultiplySigned<UInt32, Src, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Live> + LoadAddress<UInt32, MemBI>
Move<UInt64, Dst, MemB> + Jump
Binary<Add, UInt64, Dst, Imm, Dead> + Shift<Shr, UInt64, Dst, CountImm, Live> + JumpIf<CondNE>
Move<UInt32, Dst, Src> + d:Binary<And, UInt32, Dst, Imm, Dead>
Move<UInt32, Dst, Src> + Binary<And, UInt32, Dst, Imm, Dead>
Extend<ZeroExtend, UInt16, UInt32, MemBI> + s:Move<UInt64, Dst, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondB>
Move<UInt64, Dst, MemB> + s:Move<UInt64, MemB, Src> + Extend<ZeroExtend, UInt8, UInt32, MemB> + s:Move<UInt8, MemX, Src>
Packed<PMinUB, MemB> + Packed<PCmpEqB, Src> + CollectSigns<PMovMskB> + FusedBranch<Test, UInt32, Dst, Src, CondNE>
LoadAligned<MemBI> + d:ComputeFloat<DivPD, Src>
LoadAligned<MemBI> + s:ComputeFloat<DivPD, Src>
LoadAligned<MemBI> + ComputeFloat<DivPD, Src>
Move<UInt64, Dst, MemB> + LoadAddress<UInt64, MemB>
Binary<Add, UInt32, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondE>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Binary<Add, UInt64, Dst, Imm, Live> + Move<UInt8, MemX, Imm> + FusedBranch<Test, UInt8, Dst, Src, CondNE>
ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB>
Move<UInt64, Dst, Imm> + b:Extend<SignExtend, UInt32, UInt64, MemBI> + i:LoadAddress<UInt64, MemBI> + s:JumpIndirect<Src>
Move<UInt32, Dst, Src> + i:Move<UInt32, Dst, MemBI> + ds:FusedBranch<Test, UInt32, Dst, Src, CondNE>
Extend<ZeroExtend, UInt8, UInt32, MemB> + ds:FusedBranch<Test, UInt8, Dst, Src, CondNE>
ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, Src> + d:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, Src> + s:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + s:ComputeFloat<AddSD, Src> + d:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + s:ComputeFloat<AddSD, Src> + s:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, Src> + ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + s:ComputeFloat<AddSD, Src> + ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, Src> + d:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, Src> + s:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, Src> + ComputeFloat<AddSD, Src>
Move<UInt32, MemB, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
FillVector<Zeros> + LoadAligned<MemB> + LoadAligned<MemB> + Packed<PCmpEqB, Src>
Push<UInt64, Src> + Move<UInt64, Dst, Src> + Call
Move<UInt64, MemB, VectorPart> + LoadZero<UInt64, MemB> + d:ComputeFloat<SubSD, Src> + LoadZero<UInt64, MemB>
Move<UInt64, MemB, VectorPart> + LoadZero<UInt64, MemB> + s:ComputeFloat<SubSD, Src> + LoadZero<UInt64, MemB>
Move<UInt64, MemB, VectorPart> + LoadZero<UInt64, MemB> + ComputeFloat<SubSD, Src> + LoadZero<UInt64, MemB>
ComputeFloat<SubSD, MemB> + d:ComputeFloat<SubSD, MemB> + LoadZero<UInt64, MemB> + d:ComputeFloat<SubSD, MemB>
ComputeFloat<SubSD, MemB> + d:ComputeFloat<SubSD, MemB> + LoadZero<UInt64, MemB> + ComputeFloat<SubSD, MemB>
ComputeFloat<SubSD, MemB> + ComputeFloat<SubSD, MemB> + LoadZero<UInt64, MemB> + d:ComputeFloat<SubSD, MemB>
ComputeFloat<SubSD, MemB> + ComputeFloat<SubSD, MemB> + LoadZero<UInt64, MemB> + ComputeFloat<SubSD, MemB>
ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, Src> + LoadAligned<Src>
ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + s:ComputeFloat<AddSD, Src> + LoadAligned<Src>
ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, Src> + LoadAligned<Src>
ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + s:ComputeFloat<AddSD, Src> + LoadAligned<Src>
ComputeFloat<MulSD, Src> + d:ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, Src> + LoadAligned<Src>
ComputeFloat<MulSD, Src> + s:ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, Src> + LoadAligned<Src>
ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, Src> + LoadAligned<Src>
ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + s:ComputeFloat<AddSD, Src> + LoadAligned<Src>
ComputeFloat<MulSD, Src> + ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, Src> + LoadAligned<Src>
ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB> + s:Move<UInt64, MemB, VectorPart> + LoadZero<UInt64, MemB>
ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB> + Move<UInt64, MemB, VectorPart> + LoadZero<UInt64, MemB>
ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB> + s:Move<UInt64, MemB, VectorPart> + LoadZero<UInt64, MemB>
ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB> + Move<UInt64, MemB, VectorPart> + LoadZero<UInt64, MemB>
Move<UInt64, MemB, Src> + Move<UInt64, Dst, MemB>
Move<UInt64, Dst, Src> + Binary<Add, UInt64, Dst, Imm, Live> + Move<UInt32, Dst, MemB> + Jump
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + FusedBranch<Cmp, UInt8, Dst, ExtendedImm, CondE>
Binary<Add, UInt64, Dst, Imm, Live> + s:Move<UInt64, MemB, Src> + FusedBranch<Cmp, UInt64, Dst, MemB, CondB>
Extend<SignExtend, UInt32, UInt64, Src> + Extend<SignExtend, UInt32, UInt64, Src> + LoadAddress<UInt32, MemB>
Push<UInt64, Src> + Move<UInt64, Dst, Src> + TestBitInMemory<BitTest, UInt32, BitImm> + JumpIf<CondB>
MultiplySigned<UInt32, Src, Imm, Dead> + Binary<Add, UInt32, Dst, Src, Dead>
Shift<Shr, UInt64, Dst, CountImm, Dead> + s:Move<UInt32, Dst, Src> + d:Shift<Shl, UInt32, Dst, CountImm, Dead>
Move<UInt32, Dst, MemB> + Move<UInt32, MemB, Src>
LoadAddress<UInt32, MemBI> + Move<UInt32, Dst, Src>
Move<UInt64, Dst, Src> + d:Binary<Xor, UInt64, Dst, Src, Dead> + FusedBranch<Cmp, UInt64, Dst, Src, CondE>
Move<UInt32, Dst, Src> + Jump
Binary<And, UInt64, Dst, Imm, Dead> + b:LoadAddress<UInt64, MemB> + d:Shift<Shr, UInt64, Dst, CountImm, Live>
Move<UInt64, MemBI, Src> + Move<UInt16, MemX, Src> + Move<UInt64, MemB, Imm>
Move<UInt32, Dst, MemB> + Move<UInt32, MemBI, Src> + Move<UInt32, MemB, Src> + Return
LoadAddress<UInt64, MemB> + i:Move<UInt64, Dst, MemBI> + d:FusedBranch<Test, UInt8, Dst, ExtendedImm, CondNE>
Move<UInt64, MemB, Src> + Move<UInt64, MemB, Src>
Binary<Sub, UInt64, Dst, Imm, Live> + Move<UInt64, Dst, MemB> + s:Move<UInt64, MemB, Src>
Binary<Sub, UInt64, Dst, Imm, Live> + Move<UInt64, Dst, MemB> + Move<UInt64, MemB, Src>
Move<UInt64, Dst, MemB> + s:Move<UInt64, MemB, Src>
Move<UInt64, Dst, MemB> + Move<UInt64, MemB, Src>
Binary<Adc, UInt32, Dst, Imm, Dead> + MultiplyWide<UInt64, Src, Dead> + FusedBranch<Add, UInt64, Dst, ExtendedImm, CondS>
LoadAligned<Src> + Packed<PCmpEqB, Src> + Packed<PCmpEqB, Src> + Packed<POr, Src>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Move<UInt64, MemB, Src> + Call
Shift<Shr, UInt32, Dst, CountImm, Live> + Move<UInt32, Dst, Src> + Move<UInt32, MemBI, Src>
Move<UInt64, Dst, MemB> + s:Move<UInt64, MemB, Src> + Clear<Live>
Move<UInt64, Dst, Src> + Binary<Add, UInt32, Dst, Imm, Live> + Move<UInt64, MemB, Src>
Move<UInt64, Dst, Src> + d:Binary<Sub, UInt64, Dst, Src, Dead>
LoadAddress<UInt64, MemBI> + b:Extend<ZeroExtend, UInt8, UInt32, MemB> + Shift<Shr, UInt64, Dst, CountCL, Dead> + Binary<Sub, UInt32, Dst, Src, Live>
Extend<ZeroExtend, UInt8, UInt32, MemB> + d:Binary<And, UInt32, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt8, Dst, ExtendedImm, CondE>
Move<UInt32, Dst, Imm> + Jump
Binary<And, UInt32, Dst, Imm, Live> + i:Extend<ZeroExtend, UInt16, UInt32, MemBI> + s:FusedBranch<Cmp, UInt32, Dst, Src, CondAE>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + LoadAddress<UInt64, MemB>
LoadAddress<UInt32, MemBI> + Move<UInt32, Dst, Src> + Binary<Add, UInt32, Dst, Src, Dead>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB>
Packed<PSraD, Imm> + Packed<PackSSDW, Src>
LoadAddress<UInt32, MemBI> + Move<UInt32, Dst, Src> + Move<UInt32, Dst, MemB> + Shift<Ror, UInt32, Dst, CountImm, Dead>
LoadAddress<UInt32, MemBI> + Move<UInt32, Dst, Src> + Move<UInt32, Dst, MemB> + Shift<Rol, UInt32, Dst, CountImm, Dead>
Binary<Add, UInt32, Dst, Src, Dead> + s:Binary<Xor, UInt32, Dst, Src, Dead> + d:Binary<And, UInt32, Dst, Src, Dead> + d:Binary<Xor, UInt32, Dst, Src, Dead>
Move<UInt64, Dst, Src> + Move<UInt64, MemB, Src>
Shift<Rol, UInt32, Dst, CountImm, Dead> + s:Binary<Xor, UInt32, Dst, Src, Live> + Move<UInt32, Dst, MemBI> + d:Binary<Add, UInt32, Dst, MemBI, Dead>
Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src> + d:Unary<Not, UInt32, Dst, Live>
Move<UInt32, Dst, MemB> + Move<UInt64, Dst, Src>
Move<UInt64, Dst, Src> + PopRegister<UInt64> + Return
LoadAddress<UInt64, MemB> + d:Shift<Shr, UInt64, Dst, CountImm, Live> + d:FusedBranch<Cmp, UInt64, Dst, MemB, CondAE>
Move<UInt64, Dst, MemBI> + b:Move<UInt64, Dst, MemB> + d:FusedBranch<Cmp, UInt64, Dst, Src, CondE>
Binary<Cmp, UInt8, Dst, Imm, Live> + MoveIf<CondE, UInt64, Src> + Binary<Add, UInt64, Dst, Src, Dead> + FusedBranch<Test, UInt8, Dst, Src, CondS>
Move<UInt64, MemB, Src> + LoadAddress<UInt64, MemB> + Move<UInt64, MemB, Src> + Move<UInt64, MemB, Src>
LoadAddress<UInt32, MemBI> + LoadAddress<UInt32, MemBI>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + Move<UInt64, Dst, Src>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB>
Extend<ZeroExtend, UInt8, UInt32, MemBI> + Move<UInt32, Dst, MemB> + Shift<Shl, UInt32, Dst, CountCL, Live> + Move<UInt64, Dst, MemB>
Binary<And, UInt32, Dst, MemB, Live> + Move<UInt32, Dst, Src> + d:Binary<And, UInt32, Dst, MemB, Live> + Move<UInt32, MemB, Src>
Move<UInt64, Dst, MemBI> + Move<UInt32, Dst, MemB> + Extend<ZeroExtend, UInt16, UInt32, MemB>
Move<UInt32, Dst, MemB> + ds:MultiplySigned<UInt32, Dst, Src, Live> + Return
Push<UInt64, Src> + Push<UInt64, Src> + Move<UInt64, Dst, Src>
Shift<Shr, UInt32, Dst, CountImm, Dead> + s:Binary<Add, UInt32, Dst, Src, Live> + s:Move<UInt16, MemX, Src> + Jump
Move<UInt32, Dst, MemB> + LoadAddress<UInt32, MemB>
Binary<And, UInt32, Dst, Imm, Dead> + Binary<And, UInt32, Dst, Imm, Dead> + s:FusedBranch<Cmp, UInt32, Dst, Src, CondE>
LoadAddress<UInt64, MemBI> + LoadAddress<UInt64, MemBI> + FusedBranch<Test, UInt32, Dst, Src, CondE>
Move<UInt32, Dst, Src> + d:Shift<Shr, UInt32, Dst, CountImm, Dead>
Move<UInt32, Dst, Src> + Shift<Shr, UInt32, Dst, CountImm, Dead>
Move<UInt64, Dst, MemB> + LoadAddress<UInt64, MemBI>
Move<UInt64, Dst, MemB> + b:LoadAddress<UInt64, MemBI>
Shift<Rol, UInt64, Dst, CountImm, Dead> + Binary<Add, UInt64, Dst, Imm, Dead>
Binary<And, UInt32, Dst, Imm, Dead> + s:Binary<Xor, UInt32, Dst, Src, Dead> + d:Shift<Shr, UInt32, Dst, CountImm, Live> + i:Extend<ZeroExtend, UInt8, UInt32, MemBI>
Extend<SignExtend, UInt32, UInt64, MemB> + i:LoadAddress<UInt64, MemBI> + b:Extend<ZeroExtend, UInt8, UInt32, MemB> + Jump
Move<UInt64, Dst, Src> + Unary<Inc, UInt64, Dst, Dead> + LoadAddress<UInt32, MemB> + FusedBranch<Cmp, UInt8, Dst, ExtendedImm, CondE>
Move<UInt32, Dst, Src> + Call
Move<UInt64, Dst, MemB> + b:Move<UInt64, Dst, MemB> + ds:FusedBranch<Test, UInt64, Dst, Src, CondE>
Binary<Sub, UInt64, Dst, Imm, Live> + Call
Binary<Adc, UInt32, Dst, Src, Dead> + MultiplyWide<UInt64, Src, Live> + Binary<Add, UInt64, MemBI, Src, Live>
Binary<Add, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src> + Move<UInt64, Dst, Src> + d:Binary<Sub, UInt64, Dst, Src, Dead>
Move<UInt32, Dst, Src> + i:Extend<ZeroExtend, UInt8, UInt32, MemBI> + Move<UInt32, Dst, MemBI> + FusedBranch<Cmp, UInt8, MemX, Src, CondNE>
Binary<Test, UInt32, Dst, Src, Live> + SetIf<CondE, Dst> + Binary<Cmp, UInt32, Dst, Src, Live> + SetIf<CondAE, Dst>
Binary<And, UInt64, Dst, Src, Dead> + Binary<And, UInt64, Dst, Src, Dead> + b:LoadAddress<UInt64, MemBI> + d:Binary<Add, UInt64, Dst, Src, Live>
LoadZero<UInt32, Src> + Move<UInt32, Dst, Src> + d:Binary<And, UInt32, Dst, Imm, Dead> + Packed<PUnpckLBW, Src>
Binary<Cmp, UInt32, Dst, Imm, Live> + Packed<PUnpckLWD, Src> + Shuffle<Src> + JumpIf<CondG>
Binary<Add, UInt32, MemB, Src, Live> + Binary<Xor, UInt32, MemB, Src, Live> + Return
Move<UInt32, Dst, MemB> + d:MultiplySigned<UInt32, Dst, MemB, Live> + Return
Binary<Xor, UInt64, Dst, Src, Dead> + d:MultiplySigned<UInt64, Dst, Src, Dead> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Move<UInt64, Dst, MemB> + Clear<Live> + FusedBranch<Test, UInt8, MemX, ExtendedImm, CondE>
Move<UInt64, Dst, Src> + FusedBranch<Test, UInt64, Dst, Src, CondE>
Move<UInt64, Dst, MemB> + s:Move<UInt64, MemB, Src> + Clear<Dead>
Move<UInt64, Dst, MemB> + Move<UInt64, MemB, Src> + Move<UInt64, MemB, Src>
Move<UInt64, Dst, Src> + d:Shift<Shl, UInt64, Dst, CountImm, Dead> + d:Binary<Xor, UInt64, Dst, Src, Live> + Return
Move<UInt64, Dst, MemB> + Move<UInt32, MemB, Imm> + Move<UInt64, MemB, Imm>
Clear<Live> + Call
Shift<Shr, UInt64, Dst, CountCL, Dead> + s:Binary<And, UInt64, Dst, Src, Dead> + d:FusedBranch<And, UInt32, Dst, ExtendedImm, CondNE>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, MemB>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + JumpIf<CondNE>
Move<UInt64, Dst, MemB> + d:Binary<Sub, UInt64, Dst, MemB, Live> + JumpIf<CondE>
Move<UInt8, MemX, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
MultiplySigned<UInt64, Dst, Src, Dead> + d:Binary<Add, UInt64, Dst, Src, Dead> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Move<UInt32, MemB, Src> + Jump
Shift<Shr, UInt16, Dst, CountImm, Dead> + Binary<Sub, UInt32, Dst, Src, Live> + s:Move<UInt16, MemX, Src> + Jump
Binary<Add, UInt64, Dst, Src, Dead> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondE>
StoreUnaligned<MemB> + StoreUnaligned<MemB> + StoreUnaligned<MemB> + StoreUnaligned<MemB>
Move<UInt32, MemB, Src> + Move<UInt32, MemB, Src>
Push<UInt64, Src> + Move<UInt64, Dst, Src> + Binary<Sub, UInt64, Dst, Imm, Live> + FusedBranch<Cmp, UInt8, MemX, ExtendedImm, CondE>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, Src> + Call
Shift<Rol, UInt64, Dst, CountImm, Live> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Binary<Add, UInt64, Dst, Imm, Dead>
Move<UInt64, Dst, MemB> + s:Binary<Adc, UInt64, MemB, Src, Live> + LoadAddress<UInt64, MemB> + LoadAddress<UInt64, MemB>
Move<UInt32, MemBI, Src> + Binary<Add, UInt32, Dst, Imm, Live> + Move<UInt32, MemBI, Src> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondNE>
LoadZero<UInt64, MemB> + LoadZero<UInt64, MemB>
Binary<Xor, UInt32, MemB, Src, Live> + Binary<Add, UInt32, MemB, Src, Live> + Return
ComputeFloat<MulSD, Src> + LoadAligned<Src> + LoadAligned<Src>
Binary<Add, UInt64, Dst, Src, Dead> + Binary<Add, UInt64, Dst, Src, Dead> + Binary<Add, UInt64, Dst, Src, Dead> + Binary<Add, UInt64, Dst, Src, Dead>
Move<UInt64, MemB, Src> + LoadAddress<UInt64, MemB>
Move<UInt32, MemBI, Src> + Binary<Add, UInt64, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondNE>
Move<UInt64, Dst, Src> + d:Shift<Shr, UInt64, Dst, CountImm, Dead> + d:Binary<Xor, UInt64, Dst, Src, Live> + Return
Move<UInt32, MemB, Src> + Move<UInt32, Dst, MemB>
Move<UInt64, Dst, Src> + Binary<Add, UInt64, Dst, Imm, Dead>
Binary<Add, UInt64, Dst, Src, Dead> + Binary<Add, UInt64, Dst, Imm, Dead>
Binary<Add, UInt32, Dst, Src, Dead> + s:Binary<Sub, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Imm> + d:MultiplySigned<UInt64, Dst, Src, Dead>
Extend<ZeroExtend, UInt8, UInt32, MemB> + LoadAddress<UInt64, MemB>
LoadAligned<Src> + Packed<PUnpckHDQ, MemB> + Packed<PUnpckLDQ, MemB>
Extend<SignExtend, UInt32, UInt64, MemB> + Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + MultiplySigned<UInt64, Src, Imm, Dead>
Binary<Xor, UInt32, Dst, Src, Dead> + d:Binary<Add, UInt32, Dst, Src, Live> + Move<UInt32, Dst, MemB> + Shift<Ror, UInt32, Dst, CountImm, Dead>
Binary<Xor, UInt32, Dst, Src, Dead> + d:Binary<Add, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src> + Shift<Rol, UInt32, Dst, CountImm, Dead>
Move<UInt64, MemB, Src> + Move<UInt64, Dst, Src>
Extend<ZeroExtend, UInt8, UInt32, MemB> + s:Move<UInt32, Dst, Src> + d:Shift<Shr, UInt8, Dst, CountImm, Live> + JumpIf<CondE>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + Move<UInt64, Dst, Src> + Binary<Add, UInt64, Dst, MemB, Dead>
LoadAddress<UInt64, MemBI> + Move<UInt64, Dst, MemB> + b:LoadAddress<UInt64, MemBI> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondE>
LoadAddress<UInt64, MemBI> + Move<UInt64, Dst, MemB>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + Call
Shift<Shr, UInt64, Dst, CountImm, Dead> + s:MultiplySigned<UInt32, Src, Imm, Dead>
LoadAddress<UInt64, MemB> + s:Move<UInt64, MemB, Src> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Return
LoadAddress<UInt64, MemB> + Move<UInt64, Dst, Src> + Call
Extend<ZeroExtend, UInt8, UInt32, MemBI> + s:Move<UInt8, MemX, Src> + Binary<Add, UInt64, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Binary<Add, UInt64, Dst, MemB, Dead> + Binary<Cmp, UInt8, Dst, Imm, Live> + SetIf<CondE, Dst> + Binary<Test, UInt16, Dst, Src, Live>
Binary<Sub, UInt64, Dst, Imm, Live> + Move<UInt64, Dst, MemB> + b:Move<UInt64, Dst, MemB>
LoadUnaligned<MemBI> + StoreUnaligned<MemB> + StoreUnaligned<MemBI> + Return
Binary<Adc, UInt32, Dst, Src, Dead> + MultiplyWide<UInt64, Src, Dead> + Clear<Live>
Move<UInt64, Dst, Src> + CallIndirect<MemB>
Extend<SignExtend, UInt32, UInt64, Src> + Extend<SignExtend, UInt32, UInt64, Src> + Binary<Sub, UInt32, Dst, Imm, Dead>
LoadAligned<MemB> + LoadAligned<MemB> + LoadAligned<MemB> + LoadAligned<MemB>
Binary<Add, UInt64, Dst, Imm, Dead> + s:FusedBranch<Cmp, UInt64, Dst, Src, CondB>
Move<UInt32, Dst, Src> + Move<UInt32, MemB, Src> + Move<UInt32, Dst, Imm> + d:Binary<Sub, UInt32, Dst, Src, Dead>
LoadAddress<UInt64, MemBI> + i:LoadAddress<UInt64, MemBI>
Move<UInt64, MemB, Src> + PopRegister<UInt64> + Return
Move<UInt64, Dst, Src> + Move<UInt32, Dst, Src>
Move<UInt32, Dst, Src> + Move<UInt32, Dst, MemB>
Move<UInt64, Dst, MemB> + ds:FusedBranch<Test, UInt64, Dst, Src, CondNE>
Move<UInt32, Dst, Src> + Move<UInt64, Dst, Src>
Move<UInt64, Dst, MemB> + LoadAddress<UInt32, MemB> + Move<UInt32, Dst, MemB>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src>
Move<UInt64, Dst, Imm> + Extend<ZeroExtend, UInt8, UInt32, Src>
Move<UInt64, Dst, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB>
Move<UInt32, Dst, MemB> + LoadAddress<UInt64, MemB> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondA>
Extend<ZeroExtend, UInt8, UInt32, MemB> + d:Binary<And, UInt32, Dst, Imm, Dead> + d:Binary<Sub, UInt32, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondBE>
Push<UInt64, Src> + Binary<Sub, UInt64, Dst, Imm, Live>
Binary<Add, UInt64, Dst, MemBI, Live> + s:Move<UInt64, MemBI, Src> + Jump
Binary<Add, UInt64, Dst, Imm, Live> + PopRegister<UInt64> + Return
Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Move<UInt64, Dst, MemBI> + s:FusedBranch<Cmp, UInt64, MemBI, Src, CondAE>
Packed<PCmpEqB, Src> + Packed<PCmpEqB, Src> + Packed<PCmpEqB, Src> + Packed<PCmpEqB, Src>
Move<UInt64, Dst, MemB> + s:FusedBranch<Cmp, UInt64, Dst, Src, CondAE>
Move<UInt32, Dst, MemB> + d:Binary<And, UInt32, Dst, Imm, Dead> + Binary<Or, UInt8, Dst, Imm, Live>
Move<UInt64, Dst, MemB> + b:Move<UInt64, MemB, Src> + Move<UInt32, Dst, MemB> + d:FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondE>
Binary<Add, UInt64, Dst, Imm, Live> + LoadZero<UInt64, MemB> + d:ComputeFloat<DivSD, Src>
Binary<Add, UInt64, Dst, Imm, Live> + LoadZero<UInt64, MemB> + s:ComputeFloat<DivSD, Src>
Binary<Add, UInt64, Dst, Imm, Live> + LoadZero<UInt64, MemB> + ComputeFloat<DivSD, Src>
ComputeFloat<AddSD, MemB> + s:Move<UInt64, MemB, VectorPart> + Move<UInt64, MemB, VectorPart>
ComputeFloat<AddSD, MemB> + Move<UInt64, MemB, VectorPart> + Move<UInt64, MemB, VectorPart>
Move<UInt64, Dst, Src> + Move<UInt32, Dst, Imm>
Extend<ZeroExtend, UInt16, UInt32, MemBI> + ds:FusedBranch<Test, UInt16, Dst, Src, CondE>
Shift<Sar, UInt64, Dst, CountImm, Live> + i:Move<UInt32, Dst, MemBI> + Binary<Add, UInt32, Dst, Src, Dead> + Binary<And, UInt64, Dst, Src, Live>
Shift<Shl, UInt64, Dst, CountImm, Dead> + Shift<Shl, UInt64, Dst, CountImm, Dead> + Binary<Or, UInt64, Dst, Src, Dead> + Binary<Or, UInt64, Dst, Src, Dead>
Shift<Rol, UInt32, Dst, CountImm, Dead> + Shift<Ror, UInt32, Dst, CountImm, Dead> + d:Binary<Xor, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src>
Binary<Add, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src> + Shift<Shr, UInt32, Dst, CountImm, Dead> + Shift<Rol, UInt32, Dst, CountImm, Dead>
Binary<Xor, UInt32, Dst, Src, Dead> + d:Shift<Shr, UInt32, Dst, CountImm, Live> + JumpIf<CondNE>
Binary<And, UInt32, Dst, Imm, Live> + s:Move<UInt32, MemB, Src>
CollectSigns<PMovMskB> + CollectSigns<PMovMskB> + CollectSigns<PMovMskB> + CollectSigns<PMovMskB>
ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + s:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, Src>
LoadZero<UInt64, Src> + Binary<Add, UInt64, Dst, Imm, Live> + Packed<PUnpckLQDQ, Src>
Move<UInt32, Dst, MemB> + Move<UInt32, Dst, MemB> + Move<UInt32, Dst, MemB>
Move<UInt64, Dst, MemB> + Move<UInt32, Dst, MemB>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB>
Move<UInt64, Dst, Src> + Binary<Add, UInt64, Dst, Imm, Live> + Call
Move<UInt32, MemBI, Src> + LoadAddress<UInt32, MemBI> + Move<UInt64, MemBI, Src>
LoadZero<UInt32, Src> + Move<UInt64, Dst, Src>
Packed<PMulLW, Src> + Packed<PMulLW, Src>
Packed<PSrlW, Imm> + Packed<PSrlW, Imm>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Clear<Dead>
Extend<ZeroExtend, UInt8, UInt32, MemB> + LoadAddress<UInt64, MemB> + Move<UInt32, Dst, Src> + FusedBranch<Test, UInt8, Dst, Src, CondNS>
Move<UInt64, MemB, Src> + Call
Move<UInt32, MemB, Src> + Move<UInt32, MemBI, Src> + Return
Move<UInt64, Dst, Imm> + FusedBranch<Test, UInt8, Dst, ExtendedImm, CondE>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Call
Binary<Add, UInt64, Dst, Src, Dead> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<And, UInt32, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Live>
Move<UInt32, Dst, MemBI> + Shift<Shl, UInt64, Dst, CountImm, Dead> + Shift<Shl, UInt64, Dst, CountImm, Dead> + d:Binary<Add, UInt64, Dst, Src, Live>
Move<UInt64, MemB, Src> + Move<UInt64, MemB, Src> + Call
Binary<Add, UInt64, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt64, Dst, Src, CondAE>
Move<UInt64, Dst, Src> + LoadAddress<UInt64, MemB>
Move<UInt64, Dst, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Test, UInt64, Dst, Src, CondNE>
Move<UInt64, Dst, Src> + Move<UInt32, MemB, Src> + Move<UInt64, Dst, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondE>
Move<UInt32, Dst, MemB> + d:FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondBE>
Move<UInt64, Dst, MemB> + Move<UInt32, Dst, Imm>
Shift<Shr, UInt64, Dst, CountImm, Live> + Extend<ZeroExtend, UInt8, UInt32, Src> + i:Binary<Xor, UInt64, Dst, MemBI, Dead> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Move<UInt64, Dst, MemB> + s:Move<UInt64, MemB, Src> + Clear<Dead> + FusedBranch<Test, UInt64, Dst, Src, CondNE>
Binary<Sub, UInt32, Dst, Imm, Dead> + Binary<Or, UInt8, Dst, Src, Live> + JumpIf<CondNE>
Move<UInt16, MemX, Src> + Jump
Unary<Neg, UInt64, Dst, Dead> + d:FusedBranch<Cmp, UInt64, Dst, Src, CondB>
Move<UInt64, MemB, Src> + Move<UInt64, Dst, MemB> + d:Binary<Add, UInt64, Dst, Imm, Live> + s:Move<UInt64, MemB, Src>
Binary<Add, UInt64, Dst, Imm, Live> + Return
Extend<ZeroExtend, UInt8, UInt32, MemBI> + Binary<Add, UInt64, Dst, Imm, Live> + s:Move<UInt64, MemB, Src> + FusedBranch<Cmp, UInt8, Dst, ExtendedImm, CondNE>
Move<UInt32, Dst, Src> + d:Binary<And, UInt32, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt8, Dst, ExtendedImm, CondA>
Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondNE>
LoadAligned<Src> + LoadAligned<Src>
ComputeFloat<MulSD, Src> + d:ComputeFloat<AddSD, MemB>
ComputeFloat<MulSD, Src> + ComputeFloat<AddSD, MemB>
Binary<Add, UInt32, Dst, Src, Dead> + LoadAddress<UInt32, MemBI> + Move<UInt32, Dst, Src> + Shift<Ror, UInt32, Dst, CountImm, Dead>
Binary<Xor, UInt32, Dst, Src, Dead> + Binary<Add, UInt32, Dst, Src, Dead> + s:Binary<And, UInt32, Dst, Src, Dead> + d:Binary<Xor, UInt32, Dst, Src, Dead>
Binary<And, UInt32, Dst, Src, Dead> + d:Binary<Xor, UInt32, Dst, Src, Dead> + d:Binary<Add, UInt32, Dst, Src, Live>
Unary<Not, UInt32, Dst, Live> + Binary<Add, UInt32, Dst, Src, Dead> + s:Binary<Or, UInt32, Dst, Src, Dead>
Move<UInt64, Dst, Src> + FusedBranch<Test, UInt8, Dst, ExtendedImm, CondNE>
LoadAddress<UInt64, MemB> + Move<UInt64, Dst, Src>
Binary<Add, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondNE>
Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + LoadAddress<UInt32, MemB>
Extend<SignExtend, UInt32, UInt64, MemB> + LoadAddress<UInt64, MemB> + Jump
Unary<Not, UInt32, Dst, Live> + d:Binary<And, UInt32, Dst, Src, Live>
Move<UInt32, Dst, Src> + Move<UInt64, Dst, Imm>
StoreAligned<MemB> + LoadAligned<MemB> + StoreAligned<MemB>
Move<UInt32, Dst, MemB> + d:Binary<And, UInt32, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondNE>
LoadAddress<UInt64, MemB> + s:Move<UInt64, MemB, Src>
Move<UInt32, MemB, Src> + Move<UInt32, Dst, Src>
Binary<Add, UInt32, Dst, Src, Dead> + d:Binary<Xor, UInt32, Dst, Src, Live> + Extend<SignExtend, UInt8, UInt32, MemB> + ds:FusedBranch<Test, UInt8, Dst, Src, CondNE>
Shift<Shr, UInt32, Dst, CountImm, Dead> + d:MultiplySigned<UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src> + FusedBranch<Cmp, UInt32, Dst, Src, CondAE>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Move<UInt32, Dst, Imm>
Move<UInt32, Dst, Src> + d:Shift<Shr, UInt32, Dst, CountImm, Dead> + d:MultiplySigned<UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + Call
Move<UInt32, Dst, MemBI> + Move<UInt64, Dst, Src> + Move<UInt32, Dst, Src> + FusedBranch<Cmp, UInt32, Dst, Src, CondLE>
Move<UInt64, MemB, Src> + Move<UInt64, Dst, MemB> + Move<UInt64, MemB, Src>
Binary<Add, UInt32, Dst, Imm, Live> + s:Extend<SignExtend, UInt32, UInt64, Src> + i:Extend<SignExtend, UInt32, UInt64, MemBI> + s:Move<UInt64, Dst, Src>
Move<UInt64, Dst, MemBI> + ds:FusedBranch<Test, UInt64, Dst, Src, CondE>
X87CompareFlags<Fcomi, Digit4> + JumpIf<CondA>
Move<UInt32, Dst, Src> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondNE>
Move<UInt64, Dst, Src> + d:FusedBranch<And, UInt32, Dst, ExtendedImm, CondNE>
Unary<Dec, UInt64, Dst, Live> + Move<UInt64, MemB, Src> + LoadAddress<UInt64, MemB>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Imm>
Binary<Add, UInt64, Dst, Imm, Dead> + s:FusedBranch<Cmp, UInt64, Dst, Src, CondE>
Shift<Shr, UInt8, Dst, CountImm, Dead> + Binary<And, UInt32, Dst, Imm, Live> + i:Move<UInt32, Dst, MemBI> + d:Shift<Shr, UInt32, Dst, CountCL, Dead>
Move<UInt64, Dst, Imm> + Move<UInt64, Dst, Src> + d:Shift<Shr, UInt64, Dst, CountImm, Dead>
Extend<ZeroExtend, UInt8, UInt32, MemB> + s:Move<UInt8, MemX, Src> + Move<UInt32, Dst, Src> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondA>
Move<UInt64, Dst, MemB> + Move<UInt64, MemB, Src> + Move<UInt64, Dst, Src> + Move<UInt64, MemB, Src>
Move<UInt64, MemB, Src> + Move<UInt64, Dst, Src> + d:Binary<Xor, UInt64, Dst, MemB, Live> + d:Shift<Rol, UInt64, Dst, CountImm, Live>
Binary<Xor, UInt64, Dst, MemB, Live> + d:Shift<Rol, UInt64, Dst, CountImm, Live> + s:Move<UInt64, MemB, Src> + Move<UInt64, Dst, MemB>
Binary<Xor, UInt64, Dst, MemB, Live> + d:Shift<Rol, UInt64, Dst, CountImm, Live> + s:Move<UInt64, MemB, Src> + Jump
Move<UInt32, MemB, Src> + Clear<Live> + PopRegister<UInt64> + Return
Extend<SignExtend, UInt32, UInt64, Src> + Move<UInt8, Dst, MemX> + Move<UInt32, Dst, Src> + FusedBranch<Test, UInt8, Dst, ExtendedImm, CondE>
Binary<Add, UInt32, Dst, MemB, Dead> + Binary<Add, UInt64, Dst, Imm, Live> + b:Move<UInt32, MemB, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Shift<Shr, UInt64, Dst, CountImm, Dead> + Shift<Shr, UInt64, Dst, CountImm, Dead> + Binary<And, UInt32, Dst, Imm, Dead> + Binary<And, UInt32, Dst, Imm, Dead>
LoadAddress<UInt64, MemBI> + b:Move<UInt32, Dst, MemB>
Move<UInt64, Dst, MemB> + Clear<Live>
LoadAddress<UInt32, MemBI> + Binary<Cmp, UInt32, Dst, Src, Live> + MoveIf<CondB, UInt64, Src>
Move<UInt32, Dst, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<And, UInt32, Dst, Imm, Live> + s:Move<UInt32, MemBI, Src>
Move<UInt64, Dst, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondB>
Binary<Or, UInt32, Dst, Imm, Live> + s:Move<UInt32, MemB, Src> + Binary<Add, UInt32, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondNE>
Shift<Shl, UInt64, Dst, CountImm, Live> + i:LoadAddress<UInt64, MemBI> + b:Move<UInt32, Dst, MemB> + d:FusedBranch<Test, UInt32, Dst, ExtendedImm, CondNE>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Xor, UInt32, Dst, Src, Dead> + s:MultiplySigned<UInt32, Src, Imm, Dead>
Move<UInt32, Dst, MemB> + i:Extend<SignExtend, UInt32, UInt64, MemBI> + d:Binary<Add, UInt64, Dst, Src, Live> + s:JumpIndirect<Src>
Move<UInt32, Dst, MemB> + Move<UInt64, MemB, Src> + Move<UInt64, Dst, MemB> + Move<UInt64, MemB, Src>
Move<UInt64, Dst, Src> + d:Shift<Rol, UInt64, Dst, CountImm, Live> + Return
Binary<Sbb, UInt64, Dst, MemB, Live> + Binary<Sbb, UInt64, Dst, MemB, Live> + Binary<Sbb, UInt64, Dst, MemB, Live> + Binary<Sbb, UInt64, Dst, MemB, Live>
Binary<And, UInt32, Dst, Imm, Live> + i:Extend<ZeroExtend, UInt8, UInt32, MemBI> + s:Move<UInt8, MemX, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Move<UInt64, Dst, MemB> + Move<UInt32, Dst, MemB> + Jump
ExchangeRegisters<UInt32> + ExchangeRegisters<UInt64> + LoadAddress<UInt64, MemB> + d:Binary<Sub, UInt64, Dst, Src, Live>
CountBits<ScanForward, UInt32, Src, Live> + Return
Move<UInt8, MemX, Src> + Move<UInt8, MemX, Src> + Move<UInt16, MemX, Src> + JumpIf<CondNE>
LoadAddress<UInt64, MemB> + Return
Move<UInt64, MemB, Src> + Move<UInt64, MemB, Src> + Jump
Move<UInt64, Dst, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt32, Dst, Imm, Dead> + FusedBranch<Test, UInt64, Dst, Src, CondE>
Move<UInt32, Dst, MemB> + Move<UInt64, MemB, Src>
Move<UInt64, Dst, Src> + Binary<Add, UInt32, Dst, MemBI, Dead> + Binary<Add, UInt64, Dst, Src, Live> + b:Binary<Add, UInt32, Dst, MemB, Live>
Move<UInt64, Dst, Src> + d:Unary<Not, UInt64, Dst, Live> + Return
LoadAddress<UInt64, MemB> + LoadAddress<UInt64, MemB>
Move<UInt32, Dst, Src> + Binary<Sub, UInt64, Dst, Imm, Dead> + Shift<Shr, UInt64, Dst, CountImm, Dead> + Binary<And, UInt32, Dst, Imm, Dead>
Move<UInt64, Dst, Src> + Move<UInt64, MemB, Src> + Call
Move<UInt64, Dst, Src> + d:Shift<Shr, UInt64, Dst, CountImm, Dead> + d:Binary<Xor, UInt64, Dst, Src, Dead> + d:FusedBranch<Test, UInt8, Dst, ExtendedImm, CondE>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + CallIndirect<Src>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Move<UInt64, Dst, MemBI> + s:FusedBranch<Cmp, UInt64, MemBI, Src, CondB>
Move<UInt32, Dst, MemBI> + s:Binary<Add, UInt64, Dst, Src, Dead> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Binary<Xor, UInt32, Dst, Src, Dead> + Shift<Shr, UInt32, Dst, CountImm, Live> + Extend<ZeroExtend, UInt8, UInt32, Src>
X87Register<DE, Digit0, Digit4> + X87Register<D9, Digit1, Digit4>
Binary<Add, UInt32, Dst, Imm, Dead> + d:Binary<And, UInt32, Dst, Imm, Live>
Extend<ZeroExtend, UInt8, UInt32, Src> + Binary<And, UInt32, Dst, Imm, Dead> + Unary<Dec, UInt32, Dst, Dead> + d:FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondA>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + FusedBranch<Test, UInt64, Dst, Src, CondNE>
PopRegister<UInt64> + Move<UInt64, Dst, Src>
Binary<Sub, UInt32, Dst, Src, Dead> + Binary<Sub, UInt32, Dst, Src, Dead>
Move<UInt32, Dst, Imm> + Move<UInt32, Dst, Imm>
Binary<Add, UInt32, Dst, Imm, Live> + s:Move<UInt8, MemX, Src> + LoadAddress<UInt64, MemB> + d:FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondNE>
Move<UInt64, Dst, MemB> + Move<UInt32, MemB, Src>
Extend<ZeroExtend, UInt8, UInt32, MemBI> + Extend<ZeroExtend, UInt8, UInt32, MemBI> + s:FusedBranch<Cmp, UInt8, Dst, Src, CondNE>
Extend<SignExtend, UInt32, UInt64, Src> + LoadAddress<UInt64, MemBI>
Binary<Sub, UInt32, Dst, Imm, Dead> + s:Extend<SignExtend, UInt32, UInt64, Src> + NoOperation
Shift<Ror, UInt64, Dst, CountImm, Live> + d:Binary<Xor, UInt64, Dst, MemB, Live> + Shift<Ror, UInt64, Dst, CountImm, Live> + d:Binary<Xor, UInt64, Dst, MemB, Live>
Shift<Shr, UInt32, Dst, CountImm, Dead> + s:Extend<ZeroExtend, UInt8, UInt32, Src> + d:Shift<Shl, UInt64, Dst, CountImm, Dead> + d:Binary<Add, UInt64, Dst, Src, Live>
Extend<SignExtend, UInt8, UInt64, MemB> + d:FusedBranch<Cmp, UInt8, Dst, ExtendedImm, CondNE>
Move<UInt64, Dst, Src> + Move<UInt64, MemB, Src> + Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src>
Move<UInt32, Dst, Imm> + d:Binary<Sub, UInt32, Dst, Src, Dead> + s:FusedBranch<Cmp, UInt32, Dst, Src, CondGE>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, Src> + Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB>
Move<UInt64, Dst, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt64, Dst, Src, CondB>
Move<UInt32, Dst, Src> + Shift<Shr, UInt64, Dst, CountImm, Live> + Move<UInt64, MemB, Src>
Extend<ZeroExtend, UInt16, UInt32, MemBI> + LoadAddress<UInt64, MemBI> + i:LoadAddress<UInt64, MemBI>
Binary<Add, UInt32, Dst, MemB, Live> + Extend<ZeroExtend, UInt16, UInt32, MemBI> + s:Move<UInt64, Dst, Src> + d:Shift<Shl, UInt64, Dst, CountImm, Live>
Move<UInt64, Dst, MemB> + b:LoadAddress<UInt64, MemBI> + b:Move<UInt32, Dst, MemB> + Move<UInt32, MemB, Src>
Clear<Dead> + Clear<Live>
Move<UInt64, Dst, MemB> + b:Binary<Add, UInt64, Dst, MemB, Live>
Packed<PAnd, Src> + CollectSigns<PMovMskB> + FusedBranch<Sub, UInt32, Dst, Src, CondNE>
LoadUnaligned<MemB> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondA>
Move<UInt64, Dst, Src> + Push<UInt64, Src> + Move<UInt64, Dst, Src>
Binary<And, UInt64, Dst, Imm, Live> + Shift<Sar, UInt64, Dst, CountCL, Dead> + ds:FusedBranch<Test, UInt64, Dst, Src, CondE>
Clear<Live> + Move<UInt64, Dst, Src> + Call
Move<UInt32, Dst, MemB> + Move<UInt32, Dst, MemB> + LoadAddress<UInt32, MemB> + LoadAddress<UInt32, MemB>
Extend<ZeroExtend, UInt8, UInt32, MemBI> + d:Binary<Xor, UInt32, Dst, Src, Dead> + Move<UInt32, Dst, Src> + Binary<And, UInt32, Dst, Imm, Dead>
Binary<Add, UInt32, Dst, Imm, Dead> + ds:Binary<Add, UInt64, Dst, Src, Dead> + d:Binary<Add, UInt64, Dst, Src, Live> + Move<UInt16, Dst, MemX>
Move<UInt16, MemX, Src> + Move<UInt16, MemX, Src> + Unary<Dec, UInt32, MemX, Live> + JumpIf<CondNE>
Move<UInt64, MemB, Src> + Move<UInt64, MemB, Src> + Move<UInt64, MemB, Src>
Move<UInt64, Dst, Src> + Move<UInt32, MemB, Src> + Call
Move<UInt64, Dst, MemB> + FusedBranch<Cmp, UInt64, Dst, Src, CondB>
Extend<SignExtend, UInt32, UInt64, MemB> + i:LoadAddress<UInt64, MemBI>
Move<UInt32, Dst, Src> + Push<UInt64, Src> + Push<UInt64, Src> + Binary<Sub, UInt64, Dst, Imm, Live>
Move<UInt8, MemX, Src> + LoadAddress<UInt64, MemB> + FusedBranch<Test, UInt32, Dst, Src, CondE>
Move<UInt32, Dst, Src> + Move<UInt32, Dst, Imm>
Binary<Add, UInt64, Dst, Imm, Live> + i:Move<UInt32, Dst, MemBI> + ds:FusedBranch<Test, UInt32, Dst, Src, CondNE>
Extend<SignExtend, UInt32, UInt64, Src> + LoadAddress<UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemBI> + FusedBranch<Test, UInt8, Dst, ExtendedImm, CondE>
Shift<Shl, UInt64, Dst, CountImm, Dead> + Shift<Shl, UInt64, Dst, CountImm, Dead> + d:Binary<Or, UInt64, Dst, Src, Dead>
Extend<SignExtend, UInt32, UInt64, MemBI> + Move<UInt32, MemBI, Src> + Binary<Sub, UInt32, Dst, Src, Dead> + d:FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondLE>
CollectSigns<PMovMskB> + CollectSigns<PMovMskB> + CollectSigns<PMovMskB>
Push<UInt64, Src> + LoadAddress<UInt64, MemB> + Binary<Sub, UInt64, Dst, Imm, Dead> + FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondBE>
Move<UInt32, Dst, Src> + d:Shift<Shr, UInt32, Dst, CountCL, Live>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Cmp, UInt8, Dst, ExtendedImm, CondA>
LoadAddress<UInt64, MemBI> + Jump
Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Cmp, UInt64, Dst, Src, CondA>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Move<UInt64, Dst, Src> + d:Binary<And, UInt32, Dst, Imm, Live>
Shift<Shl, UInt64, Dst, CountCL, Dead> + Binary<Add, UInt32, Dst, Imm, Dead> + Binary<Or, UInt64, Dst, Src, Dead> + FusedBranch<Test, UInt8, Dst, Src, CondS>
Move<UInt64, Dst, Src> + d:Binary<Adc, UInt64, Dst, Src, Dead> + MultiplyWide<UInt64, Src, Dead> + FusedBranch<Add, UInt64, Dst, ExtendedImm, CondS>
Move<UInt64, MemB, VectorPart> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
LoadAligned<MemB> + Packed<PCmpEqB, Src> + CollectSigns<PMovMskB> + FusedBranch<Test, UInt32, Dst, Src, CondNE>
Move<UInt32, Dst, Src> + Binary<Xor, UInt32, Dst, Src, Dead>
Move<UInt16, Dst, MemX> + Move<UInt32, Dst, Imm>
Binary<Sub, UInt32, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondNE>
Move<UInt64, Dst, MemB> + LoadAddress<UInt64, MemB> + Move<UInt64, MemB, Src>
Binary<Add, UInt64, Dst, MemBI, Live> + s:Move<UInt64, MemBI, Src>
LoadAligned<Src> + Packed<PUnpckHWD, Src> + Packed<PUnpckLWD, Src>
Move<UInt64, Dst, Src> + Binary<Add, UInt64, Dst, Src, Dead>
CollectSigns<PMovMskB> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Test, UInt32, Dst, Src, CondE>
Binary<And, UInt32, Dst, Imm, Live> + Move<UInt32, Dst, Src> + i:Extend<ZeroExtend, UInt16, UInt32, MemBI> + Unary<Neg, UInt32, Dst, Dead>
Packed<PMaxUB, Src> + Packed<PMaxUB, Src> + Packed<PMaxUB, Src>
Extend<ZeroExtend, UInt16, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + FusedBranch<Cmp, UInt16, Dst, ExtendedImm, CondE>
Move<UInt32, Dst, Imm> + Move<UInt64, Dst, Src> + Call
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Jump
Move<UInt64, Dst, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Move<UInt64, Dst, Src> + d:FusedBranch<Add, UInt64, Dst, Src, CondAE>
Move<UInt64, Dst, MemB> + b:LoadAddress<UInt64, MemBI> + b:Move<UInt32, Dst, MemB> + d:Binary<Add, UInt64, Dst, Src, Dead>
Binary<Add, UInt32, Dst, Src, Live> + Extend<ZeroExtend, UInt8, UInt32, MemB>
Move<UInt32, MemB, Src> + Move<UInt64, MemB, Src> + Move<UInt64, Dst, Src> + Move<UInt64, MemB, Src>
Binary<Sub, UInt64, Dst, Imm, Live> + LoadAligned<MemB> + Packed<PMinUB, MemB> + Packed<PMinUB, MemB>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Shift<Shr, UInt64, Dst, CountImm, Dead> + Shift<Shr, UInt64, Dst, CountImm, Dead>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, Src> + Move<UInt64, MemB, Src> + Move<UInt64, MemB, Src>
Binary<Add, UInt64, Dst, Src, Live> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB>
Binary<Xor, UInt32, Dst, Src, Dead> + Binary<Add, UInt32, Dst, Src, Dead>
Unary<Not, UInt32, Dst, Live> + Binary<Add, UInt32, Dst, Src, Dead> + s:Binary<Or, UInt32, Dst, Src, Dead> + d:Binary<Xor, UInt32, Dst, Src, Dead>
Move<UInt64, Dst, MemB> + Binary<Sub, UInt64, Dst, Src, Dead>
Move<UInt64, Dst, Src> + Push<UInt64, Src>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + Move<UInt32, Dst, MemB>
Move<UInt32, Dst, Src> + Shift<Shr, UInt32, Dst, CountImm, Live>
Binary<Add, UInt64, Dst, Imm, Live> + Move<UInt32, Dst, Src>
Binary<Add, UInt32, Dst, Src, Live> + Move<UInt32, MemB, Src>
Binary<Adc, UInt32, Dst, Imm, Dead> + MultiplyWide<UInt64, Src, Live>
Move<UInt32, MemB, Src> + Move<UInt64, MemB, Src>
Extend<ZeroExtend, UInt8, UInt32, MemB> + s:Move<UInt32, Dst, Src> + FusedBranch<Test, UInt32, Dst, Src, CondNE>
Move<UInt32, Dst, MemB> + LoadAddress<UInt64, MemB>
Binary<Sub, UInt64, Dst, Imm, Live> + b:Move<UInt64, MemB, Src> + Move<UInt32, MemB, Src>
Move<UInt32, Dst, Src> + d:Binary<And, UInt32, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt8, Dst, ExtendedImm, CondE>
Binary<Add, UInt64, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt64, Dst, ExtendedImm, CondNE>
Shift<Shl, UInt32, Dst, CountImm, Dead> + LoadAddress<UInt32, MemBI> + d:Binary<Add, UInt32, Dst, Src, Dead>
Binary<Adc, UInt64, Dst, MemB, Live> + Binary<Adc, UInt64, Dst, MemB, Live> + Binary<Adc, UInt64, Dst, MemB, Live> + Binary<Adc, UInt64, Dst, MemB, Live>
Binary<Add, UInt32, MemB, Src, Live> + Return
Push<UInt64, Src> + Move<UInt32, Dst, Src> + Push<UInt64, MemB> + Move<UInt32, Dst, MemB>
Move<UInt64, MemB, Imm> + LoadAddress<UInt64, MemB> + Move<UInt64, Dst, MemB> + d:FusedBranch<Cmp, UInt64, Dst, Src, CondE>
Move<UInt64, Dst, MemB> + Move<UInt32, Dst, Src> + Move<UInt32, Dst, MemB> + Move<UInt64, Dst, Src>
Binary<Add, UInt64, MemX, Imm, Live> + Move<UInt64, MemB, Src> + StoreAligned<MemB> + FusedBranch<Test, UInt64, Dst, Src, CondE>
Binary<Cmp, UInt64, MemB, Imm, Live> + Move<UInt64, Dst, MemB> + b:Move<UInt64, Dst, MemB> + JumpIf<CondNE>
Clear<Live> + Move<UInt64, Dst, MemB> + LoadAddress<UInt64, MemB> + LoadAddress<UInt64, MemB>
Move<UInt64, MemB, Src> + Return
Move<UInt32, Dst, Src> + b:LoadAddress<UInt64, MemBI> + LoadAddress<UInt64, MemB> + LoadAddress<UInt64, MemBI>
Move<UInt32, Dst, Src> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Push<UInt64, Src> + Move<UInt64, Dst, Src>
Push<UInt64, Src> + Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src>
Move<UInt64, Dst, Src> + Move<UInt32, Dst, Imm> + Call
Move<UInt64, Dst, Src> + LoadAddress<UInt64, MemB> + Call
Move<UInt64, Dst, Imm> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Move<UInt64, Dst, Src> + MultiplySigned<UInt64, Dst, Src, Dead>
Move<UInt32, MemBI, Src> + Move<UInt64, Dst, MemB> + Move<UInt32, Dst, MemB> + s:FusedBranch<Cmp, UInt32, MemBI, Src, CondNE>
Extend<ZeroExtend, UInt8, UInt32, MemB> + LoadAddress<UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Binary<Add, UInt64, Dst, Imm, Live>
Shift<Shl, UInt64, Dst, CountCL, Dead> + Move<UInt32, Dst, Src> + Binary<Add, UInt32, Dst, Imm, Live> + Shift<Shl, UInt64, Dst, CountCL, Dead>
Move<UInt64, Dst, Src> + LoadAddress<UInt64, MemBI> + Binary<And, UInt32, Dst, Imm, Dead>
Move<UInt64, Dst, Imm> + d:MultiplySigned<UInt64, Dst, Src, Live> + d:Shift<Shr, UInt64, Dst, CountCL, Dead> + FusedBranch<Cmp, UInt32, Dst, Src, CondAE>
Binary<Sub, UInt32, Dst, Imm, Live> + s:Move<UInt32, MemB, Src>
Move<UInt32, Dst, Src> + Extend<ZeroExtend, UInt8, UInt32, MemBI> + Binary<And, UInt32, Dst, Imm, Dead>
Move<UInt64, MemBI, Src> + Jump
Extend<ZeroExtend, UInt8, UInt32, MemB> + s:Move<UInt32, Dst, Src> + Binary<And, UInt32, Dst, Imm, Dead> + d:Binary<Sub, UInt32, Dst, Imm, Dead>
Binary<Add, UInt64, Dst, Src, Dead> + Binary<Add, UInt64, Dst, Src, Live> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB>
Move<UInt32, Dst, Src> + i:Move<UInt32, Dst, MemBI> + s:Move<UInt32, MemBI, Src>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, MemBI>
Clear<Dead> + Binary<Test, UInt16, Dst, Src, Live> + Move<UInt32, Dst, Imm> + SetIf<CondE, Dst>
Binary<And, UInt32, Dst, Src, Dead> + Binary<And, UInt32, Dst, Imm, Dead> + s:Binary<Or, UInt32, Dst, Src, Live> + JumpIf<CondNE>
Clear<Live> + Divide<UInt64, Src> + Move<UInt32, Dst, MemBI>
Binary<Sub, UInt64, Dst, Imm, Live> + Move<UInt32, MemBI, Src> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
StoreUnaligned<MemB> + StoreUnaligned<MemB>
Push<UInt64, Src> + Move<UInt32, Dst, Src> + Shift<Shl, UInt32, Dst, CountCL, Live> + Move<UInt32, Dst, Imm>
Binary<Or, UInt16, Dst, MemX, Dead> + Binary<Sub, UInt32, Dst, Src, Dead> + Binary<Add, UInt32, Dst, Src, Dead> + FusedBranch<Cmp, UInt32, Dst, Src, CondGE>
ComputeFloat<MulSD, Src> + LoadAligned<Src> + d:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + LoadAligned<Src> + s:ComputeFloat<AddSD, Src>
ComputeFloat<MulSD, Src> + LoadAligned<Src> + ComputeFloat<AddSD, Src>
MultiplyWide<UInt64, Src, Dead> + Clear<Dead>
Move<UInt64, Dst, Src> + NoOperation
Push<UInt64, Src> + Push<UInt64, Src> + Move<UInt32, Dst, MemB> + b:LoadAddress<UInt32, MemBI>
Binary<Cmp, UInt32, Dst, Src, Live> + MoveIf<CondE, UInt32, Src> + Move<UInt32, MemB, Src> + Move<UInt32, Dst, MemB>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Xor, UInt32, Dst, Src, Dead>
Move<UInt32, MemB, Src> + Move<UInt32, MemB, Src> + Jump
Move<UInt64, Dst, MemB> + Move<UInt32, Dst, MemB> + FusedBranch<Test, UInt32, Dst, Src, CondE>
Move<UInt64, MemB, Src> + Move<UInt64, Dst, MemB> + Move<UInt64, MemB, Src> + Jump
LoadAligned<MemB> + Packed<PMinUB, MemB> + Packed<PMinUB, MemB>
LoadAddress<UInt32, MemB> + s:Move<UInt32, MemB, Src> + Binary<Add, UInt32, Dst, MemB, Dead> + d:FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondE>
Move<UInt32, Dst, Imm> + Move<UInt64, Dst, Src> + FillVector<Zeros> + Binary<Sub, UInt32, Dst, Src, Dead>
Binary<Add, UInt64, Dst, Src, Dead> + i:LoadAddress<UInt64, MemBI> + d:Binary<Sub, UInt64, Dst, Src, Live> + i:LoadAddress<UInt64, MemBI>
Move<UInt64, Dst, Src> + d:Binary<Sub, UInt64, Dst, Src, Dead> + d:FusedBranch<Cmp, UInt64, Dst, Src, CondAE>
Move<UInt64, Dst, MemB> + d:Binary<And, UInt64, Dst, Src, Live> + Jump
Move<UInt32, MemB, Src> + Clear<Live>
Extend<ZeroExtend, UInt8, UInt32, MemBI> + s:Move<UInt8, MemX, Src> + FusedBranch<Test, UInt8, Dst, Src, CondNE>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Clear<Live> + Move<UInt64, Dst, Src>
LoadAddress<UInt64, MemB> + Call
Extend<ZeroExtend, UInt8, UInt32, MemB> + FusedBranch<Test, UInt8, MemX, ExtendedImm, CondE>
Move<UInt64, Dst, Src> + Binary<Sub, UInt64, Dst, Imm, Dead>
Push<UInt64, Src> + Move<UInt64, Dst, Src> + FusedBranch<Test, UInt32, Dst, Src, CondNE>
Move<UInt32, Dst, Src> + Binary<And, UInt32, Dst, Imm, Dead> + Binary<And, UInt32, Dst, Imm, Dead>
Move<UInt64, Dst, MemB> + Push<UInt64, Src> + Move<UInt32, Dst, MemB>
SignExtendAccumulator<UInt32, UInt64> + LoadAddress<UInt64, MemBI> + Move<UInt64, Dst, MemB> + b:LoadAddress<UInt64, MemBI>
Binary<Add, UInt32, Dst, Imm, Live> + d:FusedBranch<Cmp, UInt32, Dst, MemB, CondB>
Move<UInt8, Dst, MemX> + Binary<Test, UInt8, Dst, Src, Live> + Move<UInt8, MemX, Src> + JumpIf<CondE>
Binary<Adc, UInt64, Dst, Src, Live> + Move<UInt64, Dst, MemBI> + Binary<Adc, UInt64, Dst, Src, Dead> + Move<UInt32, Dst, Imm>
Binary<Add, UInt32, Dst, Imm, Live> + Move<UInt32, MemB, Src> + FusedBranch<Cmp, UInt32, Dst, Src, CondNE>
Move<UInt64, Dst, Src> + Move<UInt64, Dst, Src> + Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src>
Move<UInt8, MemX, Src> + Extend<ZeroExtend, UInt8, UInt32, MemB> + s:Move<UInt8, MemX, Src>
Move<UInt64, Dst, MemB> + Move<UInt64, MemB, Src> + FusedBranch<Test, UInt64, Dst, Src, CondE>
Binary<Add, UInt32, Dst, Src, Dead> + Binary<Add, UInt64, Dst, Src, Dead> + Binary<Add, UInt64, Dst, Src, Dead> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondLE>
Binary<Sub, UInt32, Dst, Src, Live> + Move<UInt32, Dst, Src> + s:Binary<Add, UInt64, MemB, Src, Live>
Binary<Add, UInt64, Dst, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
Move<UInt32, Dst, Imm> + s:Move<UInt64, Dst, Src> + Binary<Adc, UInt64, Dst, Src, Live> + Move<UInt64, Dst, MemBI>
LoadAddress<UInt64, MemBI> + Move<UInt64, MemB, Src> + Move<UInt32, Dst, Src>
Move<UInt64, MemB, Src> + Binary<Add, UInt64, Dst, Imm, Live> + Move<UInt64, Dst, Src>
LoadAddress<UInt64, MemBI> + Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + Shift<Shr, UInt64, Dst, CountImm, Live>
Move<UInt64, Dst, MemB> + d:FusedBranch<Cmp, UInt64, Dst, MemB, CondAE>
Binary<Add, UInt64, Dst, Src, Dead> + s:Move<UInt64, Dst, Src> + d:Binary<And, UInt64, Dst, Imm, Dead> + Move<UInt64, Dst, Src>
Binary<Add, UInt32, Dst, Imm, Dead> + d:Binary<And, UInt32, Dst, Imm, Live> + s:Move<UInt32, Dst, Src> + i:Move<UInt32, Dst, MemBI>
Move<UInt64, MemB, Src> + Move<UInt32, Dst, MemB> + Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB>
Unary<Dec, UInt32, Dst, Live> + JumpIf<CondS>
Move<UInt32, Dst, MemBI> + LoadAddress<UInt64, MemB> + SwapBytes<UInt32>
Extend<ZeroExtend, UInt16, UInt32, MemB> + Push<UInt64, Src> + Move<UInt64, Dst, Src> + Move<UInt16, MemX, Src>
Move<UInt64, Dst, Src> + d:Binary<Sub, UInt64, Dst, Src, Dead> + Binary<And, UInt64, Dst, Imm, Dead> + FusedBranch<Test, UInt64, Dst, ExtendedImm, CondE>
Move<UInt8, Dst, MemX> + Move<UInt8, Dst, MemX> + Move<UInt8, MemX, Src>
Binary<Add, UInt64, Dst, Src, Live> + b:Move<UInt64, Dst, MemB> + LoadAddress<UInt64, MemB> + d:FusedBranch<Cmp, UInt64, Dst, Src, CondE>
Clear<Dead> + FusedBranch<Test, UInt64, Dst, Src, CondE>
Move<UInt32, Dst, Imm> + Move<UInt32, Dst, Imm> + Move<UInt64, MemB, Src> + Binary<Sub, UInt32, Dst, Src, Dead>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + LoadZero<UInt64, Src> + Move<UInt64, Dst, Src>
PopRegister<UInt64> + PopRegister<UInt64> + Clear<Dead> + FusedBranch<Test, UInt64, Dst, Src, CondE>
Move<UInt64, MemB, Src> + Move<UInt64, Dst, MemB> + Clear<Live> + FusedBranch<Test, UInt8, MemX, ExtendedImm, CondE>
Binary<Add, UInt64, Dst, Src, Dead> + Clear<Dead> + Binary<Add, UInt64, Dst, Src, Dead> + FusedBranch<Test, UInt64, Dst, Src, CondE>
Move<UInt32, Dst, MemB> + ds:Binary<Test, UInt32, Dst, Src, Live> + MoveIf<CondNE, UInt64, Src> + Move<UInt64, MemB, Src>
Move<UInt32, Dst, Src> + Move<UInt32, MemB, Src>
Extend<ZeroExtend, UInt8, UInt32, MemBI> + Extend<ZeroExtend, UInt8, UInt32, MemBI> + FusedBranch<Cmp, UInt8, Dst, Src, CondE>
Move<UInt32, Dst, Src> + d:Binary<And, UInt32, Dst, Imm, Live> + s:Move<UInt32, MemB, Src> + JumpIf<CondNE>
LoadAddress<UInt32, MemBI> + Move<UInt32, MemBI, Src> + FusedBranch<Cmp, UInt32, Dst, Src, CondL>
Binary<Add, UInt32, Dst, Imm, Live> + Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + Jump
Extend<SignExtend, UInt32, UInt64, Src> + Shift<Shl, UInt32, Dst, CountImm, Live> + Shift<Shl, UInt32, Dst, CountCL, Live> + LoadAddress<UInt32, MemB>
Binary<Add, UInt32, Dst, Imm, Live> + Extend<ZeroExtend, UInt8, UInt32, MemBI> + Binary<Add, UInt64, Dst, Src, Dead> + LoadAddress<UInt64, MemBI>
Move<UInt32, Dst, Src> + Move<UInt32, Dst, Src> + Binary<And, UInt32, Dst, Imm, Dead> + Shift<Sar, UInt32, Dst, CountImm, Dead>
Binary<Sub, UInt32, Dst, Src, Dead> + s:Extend<SignExtend, UInt32, UInt64, Src> + Move<UInt64, Dst, Src> + Binary<Add, UInt64, Dst, Imm, Dead>
Binary<Add, UInt32, Dst, Imm, Dead> + LoadAddress<UInt32, MemBI> + Shift<Sar, UInt32, Dst, CountImm, Dead> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondLE>
Packed<PUnpckHWD, MemB> + Packed<PUnpckLWD, MemB>
Packed<PUnpckHQDQ, MemB> + Packed<PUnpckLQDQ, MemB>
Move<UInt32, Dst, MemB> + Move<UInt32, Dst, MemB> + Binary<Sub, UInt32, Dst, Src, Dead>
LoadAddress<UInt32, MemB> + FusedBranch<Cmp, UInt8, Dst, ExtendedImm, CondBE>
Binary<Test, UInt8, Dst, Src, Live> + Extend<SignExtend, UInt32, UInt64, Src> + JumpIf<CondE>
Extend<SignExtend, UInt32, UInt64, Src> + d:Binary<Add, UInt64, Dst, Src, Dead>
StoreUnaligned<MemB> + StoreUnaligned<MemBI> + Return
Move<UInt64, Dst, MemB> + JumpIf<CondE>
Move<UInt64, MemB, Src> + FusedBranch<Test, UInt64, Dst, Src, CondE>
Push<UInt64, Src> + Clear<Live>
Move<UInt32, Dst, MemB> + d:Binary<And, UInt32, Dst, Imm, Dead> + d:Binary<Sub, UInt32, Dst, Imm, Live>
Binary<Or, UInt32, MemB, Imm, Dead> + Binary<Add, UInt64, Dst, Imm, Dead> + d:FusedBranch<Cmp, UInt64, Dst, Src, CondNE>
LoadAddress<UInt64, MemB> + Binary<Add, UInt64, Dst, Imm, Live> + Move<UInt8, Dst, MemX> + FusedBranch<Cmp, UInt8, MemX, Src, CondNE>
Extend<ZeroExtend, UInt16, UInt32, MemBI> + i:LoadAddress<UInt64, MemBI> + i:Binary<Add, UInt32, MemBI, Imm, Live>
LoadAddress<UInt32, MemB> + s:Move<UInt32, MemB, Src> + Move<UInt8, MemX, Src>
Push<UInt64, Src> + Move<UInt32, Dst, MemB> + Move<UInt64, Dst, Src>
MultiplyWide<UInt64, Src, Live> + Binary<Sub, UInt64, MemBI, Src, Live>
Move<UInt64, MemB, Src> + Binary<Add, UInt64, Dst, Imm, Live>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + Move<UInt32, Dst, Imm>
TestBitInMemory<BitTest, UInt32, BitImm> + JumpIf<CondB>
LoadZero<UInt64, Src> + Packed<PUnpckLQDQ, Src> + StoreUnaligned<MemB>
Extend<SignExtend, UInt32, UInt64, MemBI> + Binary<Add, UInt32, Dst, Imm, Dead> + FusedBranch<Test, UInt32, Dst, Src, CondNS>
Extend<ZeroExtend, UInt8, UInt32, MemB> + FusedBranch<Cmp, UInt8, Dst, ExtendedImm, CondE>
Move<UInt64, Dst, MemB> + Move<UInt64, Dst, MemB> + FusedBranch<Cmp, UInt64, Dst, Src, CondAE>
LoadAddress<UInt64, MemBI> + b:Extend<ZeroExtend, UInt16, UInt32, MemB> + Extend<ZeroExtend, UInt16, UInt32, MemB> + Call
Binary<Sub, UInt32, Dst, Src, Live> + i:LoadAddress<UInt32, MemBI> + i:LoadAddress<UInt64, MemBI>
CompareOrder<UcomiSD, Src> + JumpIf<CondA>
Move<UInt32, Dst, MemBI> + Move<UInt32, Dst, Src> + NoOperation + FusedBranch<Cmp, UInt32, Dst, Src, CondG>
Move<UInt32, MemB, Src> + Binary<Add, UInt64, Dst, Imm, Live> + b:Move<UInt32, MemB, Src> + FusedBranch<Cmp, UInt32, Dst, Src, CondL>
Move<UInt64, Dst, MemX> + Move<UInt64, Dst, Src> + Move<UInt64, Dst, MemBI> + ds:FusedBranch<Test, UInt64, Dst, Src, CondE>
Extend<ZeroExtend, UInt8, UInt32, MemB> + Binary<Add, UInt64, Dst, Imm, Dead> + FusedBranch<Test, UInt8, Dst, Src, CondNE>
Move<UInt32, Dst, Src> + Push<UInt64, Src> + Push<UInt64, Src>
StoreUnaligned<MemBI> + StoreUnaligned<MemBI> + Return
LoadAligned<Src> + ComputeFloat<SqrtSD, Src>
Move<UInt64, Dst, MemX> + d:Binary<Add, UInt64, Dst, MemB, Live> + Return
Binary<And, UInt32, Dst, Imm, Dead> + FusedBranch<Cmp, UInt32, Dst, ExtendedImm, CondE>
Binary<Cmp, UInt64, Dst, Src, Live> + Move<UInt32, Dst, Imm> + MoveIf<CondNE, UInt32, Src> + FusedBranch<Test, UInt32, Dst, Src, CondNE>
Binary<Cmp, UInt8, MemX, Src, Live> + MoveIf<CondNE, UInt64, Src> + Return
Move<UInt32, Dst, Src> + Binary<Xor, UInt32, Dst, Src, Dead> + Shift<Rol, UInt32, Dst, CountImm, Dead> + s:Binary<Sub, UInt32, Dst, Src, Dead>
MultiplySigned<UInt64, Dst, MemBI, Live> + s:Move<UInt64, MemBI, Src> + Jump
Shift<Shr, UInt64, Dst, CountCL, Live> + s:Move<UInt64, MemBI, Src> + Jump
Binary<Xor, UInt64, Dst, MemBI, Live> + s:Move<UInt64, MemBI, Src> + Jump
Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB> + Extend<ZeroExtend, UInt8, UInt32, MemB>
Move<UInt32, MemB, Src> + Move<UInt32, Dst, MemB> + Move<UInt32, Dst, MemB>
Move<UInt32, Dst, Src> + LoadAddress<UInt32, MemBI> + Move<UInt32, Dst, Src>
"""
