import EspalierFiles
import EspalierOperators
import EspalierTensors

/// A way to run operators: turns a parsed node into a kernel for operands on a device.
package protocol Backend: Sendable {
  /// The name a user gives.
  var name: String { get }

  /// The name a report gives, with the version of a library that is behind it.
  var title: String { get }

  /// Where operands lie and kernels run.
  var device: any Device { get }

  /// Whether a convolution that does what follows it as well is faster than several nodes.
  var fuses: Bool { get }

  /// In which order the kernel for `node` wants its operands.
  func layout(_ node: TypedNode) -> LayoutRule

  /// The kernel that runs `node` on operands that lie in `order`, but those that the rule of ``layout(_:)`` names.
  ///
  /// - Throws: `EspalierError` where the backend has no kernel for the operator.
  func kernel(_ node: TypedNode, in order: AxisOrder) throws(EspalierError) -> any Kernel

  /// The kernel that copies a value of `type` from one order to another.
  func reorder(_ type: TensorType, from source: AxisOrder, to target: AxisOrder) -> any Kernel
}

extension Backend {
  /// The name a user gives.
  package var title: String { name }

  /// The host's memory and processor.
  package var device: any Device { HostDevice() }

  /// Node by node.
  package var fuses: Bool { false }

  /// Plain order throughout.
  package func layout(_ node: TypedNode) -> LayoutRule { LayoutRule(.plain) }

  /// One copy in plain Swift.
  package func reorder(_ type: TensorType, from source: AxisOrder, to target: AxisOrder) -> any Kernel {
    let copy = StridedCopy(type, from: source, to: target)
    return FunctionKernel { operands in
      copy.run(from: operands.inputs[0]!.address, to: operands.outputs[0].address)
    }
  }
}
