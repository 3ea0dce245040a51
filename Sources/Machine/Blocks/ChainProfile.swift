#if CHAIN_PROFILE
  import CMachine
  import Glibc

  /// What scripts/choose-chains chooses from. Only in builds with `-D CHAIN_PROFILE`, which apply no chains.
  extension Machine {
    /// Writes a line for each block that ran to the file that CHAIN_PROFILE names: how often, and its micro-ops as
    /// `table[index],dst,src,base,index`.
    package func writeChainProfile() {
      guard let path = getenv("CHAIN_PROFILE"), let file = fopen(path, "w") else { return }
      defer { fclose(file) }
      var names: [HandlerBits: String] = [:]
      for (name, table) in Handlers.families {
        for (index, handler) in table.enumerated() where handler != 0 { names[handler] = "\(name)[\(index)]" }
      }
      for block in maskedCache.blocks where block.header.pointee.runs > 0 {
        var line = String(block.header.pointee.runs)
        for number in 0..<Int(block.header.pointee.opCount) {
          let op = block.entry[number]
          guard op.handler != Handlers.stub else { break }
          line += " \(names[op.handler] ?? "?"),\(op.dst),\(op.src),\(op.base),\(op.index)"
        }
        fputs(line + "\n", file)
      }
    }
  }
#endif
