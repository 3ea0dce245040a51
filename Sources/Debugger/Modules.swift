import DWARF
import ELF
import Kernel
import Machine

/// The files that are mapped into a process, with what they say of themselves. Read when first asked for.
package final class Modules {
  package final class Module {
    package let path: String
    /// Added to the file's addresses.
    package let bias: UInt64
    package let file: ELFFile
    package let symbols: SymbolTable
    package private(set) lazy var lines = LineTable(file)
    package private(set) lazy var frames = FrameTable(file)

    init(path: String, bias: UInt64, file: ELFFile) {
      self.path = path
      self.bias = bias
      self.file = file
      symbols = SymbolTable(file)
    }

    package var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  }

  private var memory: AddressSpace
  private var known: [String: Module] = [:]
  private var refused: Set<String> = []

  init(memory: AddressSpace) { self.memory = memory }

  func reset(memory: AddressSpace) {
    self.memory = memory
    known = [:]
    refused = []
  }

  /// The module whose mapping contains `address`.
  package func module(at address: UInt64) -> Module? {
    guard let vma = memory.vma(containing: address) else { return nil }
    return module(of: vma, at: address)
  }

  private func module(of vma: VMA, at address: UInt64) -> Module? {
    guard let path = vma.backing?.path, !path.isEmpty, !refused.contains(path) else {
      // Zeros after a program's data, or its heap: what lies below may tell.
      return known.values.first { $0.contains(address) }
    }
    if let found = known[path] { return found }
    guard let source = MappedFile(path: path), let file = ELFFile(source) else {
      refused.insert(path)
      return nil
    }
    let offset = vma.pageOffset << 12 &+ (address &- vma.start)
    guard let linked = file.programHeaders.virtualAddress(ofFileOffset: offset) else { return nil }
    let module = Module(path: path, bias: address &- linked, file: file)
    known[path] = module
    return module
  }

  /// All modules that are mapped now, by address.
  package var all: [Module] {
    var found: [Module] = []
    for vma in memory.vmas {
      guard vma.backing != nil, let module = module(of: vma, at: vma.start) else { continue }
      if !found.contains(where: { $0 === module }) { found.append(module) }
    }
    return found
  }

  /// `main+0x12`, or with the file's name in front where it is not the first module; nil where nothing is known.
  package func describe(_ address: UInt64) -> String? {
    guard let module = module(at: address), let (symbol, offset) = module.symbols.find(address &- module.bias) else {
      return nil
    }
    return module.symbols.name(of: symbol) + (offset == 0 ? "" : "+\(hex(offset))")
  }

  /// The first address of a named function or object.
  package func address(of name: String) -> UInt64? {
    for module in all { if let address = module.symbols.address(of: name) { return address &+ module.bias } }
    return nil
  }

  /// A named function or object: where it is, its size (0 where it is not known), whether it is a variable.
  package func find(_ name: String) -> (address: UInt64, size: UInt64, isObject: Bool)? {
    for module in all {
      if let symbol = module.symbols.symbol(named: name) {
        return (symbol.address &+ module.bias, symbol.size, symbol.isObject)
      }
    }
    return nil
  }

  /// File, line and where the line's code begins and ends.
  package func line(at address: UInt64) -> LineTable.Place? {
    guard let module = module(at: address), var place = module.lines.place(of: address &- module.bias) else {
      return nil
    }
    place.range = place.range.lowerBound &+ module.bias..<place.range.upperBound &+ module.bias
    return place
  }

  /// Where the code of a line begins; `file` may be any end of its path.
  package func addresses(file: String, line: Int) -> [UInt64] {
    all.flatMap { module in module.lines.addresses(file: file, line: line).map { $0 &+ module.bias } }
  }
}

extension Modules.Module {
  func contains(_ address: UInt64) -> Bool {
    file.programHeaders.contains { segment in
      segment.type == .load && address >= segment.virtualAddress &+ bias
        && address < segment.virtualAddress &+ bias &+ segment.memorySize
    }
  }
}
