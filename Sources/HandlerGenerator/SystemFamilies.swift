let systemFamilies: [Family] = [
  .list(
    "system", wrapper: "Called", ["LinkStub", "SystemCall", "LeaveForResume", "LeaveForBreakpoint", "TellObserver"]),
  .list("trap", wrapper: "Called", ["RaiseInvalidOpcode", "RaiseGeneralProtection", "RaiseTrap"]),
  .list("processor", wrapper: "Called", ["Identify", "ReadTimestamp", "ReadTimestampAndProcessor"]),
  .list("extendedState", wrapper: "Called", ["SaveExtendedState", "RestoreExtendedState", "ReadExtendedControl"]),
  .list("hint", ["NoOperation", "Pause", "MemoryFence", "LoadFence", "StoreFence", "FlushCacheLine"]),
  .list(
    "readSelector", wrapper: "Called",
    ["UInt16, Dst", "UInt32, Dst", "UInt64, Dst", "UInt16, MemX"].map { "ReadSelector<\($0)>" }),
  .list("loadSelector", wrapper: "Called", ["LoadSelector<Src>", "LoadSelector<MemX>"]),
  .list(
    "segmentStack", wrapper: "Called",
    ["PushSelector<UInt64>", "PushSelector<UInt16>", "PopSelector<UInt64>", "PopSelector<UInt16>"]),
  Family("loadFarPointer", "LoadFarPointer<$0>", wrapper: "Called", Array(widths[1...])),
  .list("segmentBase", ["ReadBase<UInt32>", "ReadBase<UInt64>", "WriteBase<UInt32>", "WriteBase<UInt64>"]),
  Family("interruptReturn", "InterruptReturn<$0>", wrapper: "Called", Array(widths[1...])),
  Family("farReturn", "FarReturn<$0>", wrapper: "Called", Array(widths[1...])),
  Family("farJump", "FarJump<$0>", wrapper: "Called", Array(widths[1...])),
  Family("inspectSelector", "InspectSelector<$0, $1>", wrapper: "Called", Array(widths[1...]), ["Src", "MemX"]),
  Family("verifySelector", "VerifySelector<$0>", wrapper: "Called", ["Src", "MemX"]),
]
