import EspalierOperators
import EspalierTensors

/// A processor with memory of its own, on which kernels run: the host, or one beside it.
///
/// All memory of a session comes from its device, values go in and out through it, and kernels are handed to it in order. A
/// device may run them later than they are handed over, as long as the order is kept; ``wait()`` returns when all are done.
package protocol Device: Sendable {
  /// Takes `byteCount` bytes, zero at first, on a boundary of 64.
  func allocate(byteCount: Int) -> any DeviceMemory

  /// Copies a value into the device's memory, to a buffer of its type.
  func write(_ value: StoredValue, to buffer: Buffer)

  /// Copies a value out of the device's memory, as it lies there.
  func read(_ buffer: Buffer) -> StoredValue

  /// Runs a kernel, after all that were handed over before.
  func run(_ kernel: any Kernel, on operands: Operands)

  /// Waits until everything that was handed over is done.
  func wait()
}

/// A block of a device's memory, which is given back when the last reference goes.
package protocol DeviceMemory: AnyObject {
  /// Where the block begins, as the device counts its memory.
  var address: UnsafeMutableRawPointer { get }
}

/// The processor that the program runs on, with its memory: kernels run as they are handed over.
package struct HostDevice: Device {
  /// The host.
  package init() {}

  /// Memory of the process.
  package func allocate(byteCount: Int) -> any DeviceMemory { HostMemory(byteCount: byteCount) }

  /// One copy.
  package func write(_ value: StoredValue, to buffer: Buffer) { buffer.write(value) }

  /// One copy.
  package func read(_ buffer: Buffer) -> StoredValue { buffer.stored() }

  /// Runs it now.
  package func run(_ kernel: any Kernel, on operands: Operands) { kernel.run(operands) }

  /// Everything is done already.
  package func wait() {}
}

/// A block of the process's memory.
private final class HostMemory: DeviceMemory {
  let address: UnsafeMutableRawPointer

  /// Takes `byteCount` bytes on a boundary of 64.
  init(byteCount: Int) {
    address = .allocate(byteCount: max(byteCount, 1), alignment: 64)
    address.initializeMemory(as: UInt8.self, repeating: 0, count: max(byteCount, 1))
  }

  deinit {
    address.deallocate()
  }
}
