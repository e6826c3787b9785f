import EspalierOperators
import EspalierTensors

/// A processor with its own memory on which kernels run: the host or an accelerator.
///
/// All memory of a session comes from its device, and values are transferred through it. A device may run kernels
/// asynchronously, but in the order in which they were submitted; ``wait()`` returns once all have finished.
package protocol Device: Sendable {
  /// Allocates `byteCount` zeroed bytes, aligned to 64.
  func allocate(byteCount: Int) -> any DeviceMemory

  /// Copies a value into device memory, to a buffer of its type.
  func write(_ value: StoredValue, to buffer: Buffer)

  /// Copies a value out of device memory, in the order in which it is stored.
  func read(_ buffer: Buffer) -> StoredValue

  /// Submits a kernel, to run after all those submitted before.
  func run(_ kernel: any Kernel, on operands: Operands)

  /// Waits until all submitted kernels have finished.
  func wait()
}

/// A block of device memory, freed with its last reference.
package protocol DeviceMemory: AnyObject {
  /// The address of the block in the device's address space.
  var address: UnsafeMutableRawPointer { get }
}

/// The processor and memory of the host; kernels run synchronously.
package struct HostDevice: Device {
  /// The host.
  package init() {}

  /// Allocates memory of the process.
  package func allocate(byteCount: Int) -> any DeviceMemory { HostMemory(byteCount: byteCount) }

  /// Copies the value.
  package func write(_ value: StoredValue, to buffer: Buffer) { buffer.write(value) }

  /// Copies the value.
  package func read(_ buffer: Buffer) -> StoredValue { buffer.stored() }

  /// Runs the kernel immediately.
  package func run(_ kernel: any Kernel, on operands: Operands) { kernel.run(operands) }

  /// Returns immediately: kernels run synchronously.
  package func wait() {}
}

/// A block of the process's memory.
private final class HostMemory: DeviceMemory {
  let address: UnsafeMutableRawPointer

  /// Allocates `byteCount` bytes, aligned to 64.
  init(byteCount: Int) {
    address = .allocate(byteCount: max(byteCount, 1), alignment: 64)
    address.initializeMemory(as: UInt8.self, repeating: 0, count: max(byteCount, 1))
  }

  deinit {
    address.deallocate()
  }
}
