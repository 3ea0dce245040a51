let systemFamilies: [Family] = [
  .list("system", wrapper: "Called", ["LinkStub", "SystemCall", "RaiseInvalidOpcode", "Breakpoint", "LeaveForResume"]),
]
