import EspalierFiles
import EspalierOperators
import EspalierTensors

/// A way to run operators: compiles parsed nodes into kernels for operands on a device.
package protocol Backend: Sendable {
  /// The name by which a user selects the backend.
  var name: String { get }

  /// The name used in reports, with the version of the underlying library if there is one.
  var title: String { get }

  /// The device that holds the operands and runs the kernels.
  var device: any Device { get }

  /// Whether fusing a convolution with the nodes that follow it makes it faster.
  var fuses: Bool { get }

  /// The order in which the kernel for `node` takes its operands.
  func layout(_ node: TypedNode) -> LayoutRule

  /// The kernel that runs `node` on operands in `order`, except for those that ``layout(_:)`` lists as plain.
  ///
  /// - Throws: `EspalierError` where the backend has no kernel for the operator.
  func kernel(_ node: TypedNode, in order: AxisOrder) throws(EspalierError) -> any Kernel

  /// The kernel that copies a value of `type` from one order to another.
  func reorder(_ type: TensorType, from source: AxisOrder, to target: AxisOrder) -> any Kernel
}

extension Backend {
  /// The same as ``name``.
  package var title: String { name }

  /// The host's memory and processor.
  package var device: any Device { HostDevice() }

  /// No fusion.
  package var fuses: Bool { false }

  /// Plain order throughout.
  package func layout(_ node: TypedNode) -> LayoutRule { LayoutRule(.plain) }

  /// A strided copy in plain Swift.
  package func reorder(_ type: TensorType, from source: AxisOrder, to target: AxisOrder) -> any Kernel {
    let copy = StridedCopy(type, from: source, to: target)
    return FunctionKernel { operands in
      copy.run(from: operands.inputs[0]!.address, to: operands.outputs[0].address)
    }
  }
}
