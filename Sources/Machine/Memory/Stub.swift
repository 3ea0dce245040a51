package enum Access: Sendable { case read, write, execute }
package enum FaultReason: UInt8, Sendable { case mapError, accessError, busError, generalProtection }
package enum FaultOutcome: Sendable { case resolved, failed(FaultReason, UInt64) }
package enum PageBits { package static let executable: UInt8 = 4 }
package final class AddressSpace {
  package let pageTable: UnsafeMutablePointer<UInt8>
  package var codeObserver: ((UInt64, UInt64) -> Void)?
  package init(pageTable: UnsafeMutablePointer<UInt8>) { self.pageTable = pageTable }
  package func fault(address: UInt64, access: Access, size: Int) -> FaultOutcome {
    .failed(address < 1 << 47 ? .mapError : .generalProtection, address)
  }
  package func markCode(page: UInt64) {}
}
