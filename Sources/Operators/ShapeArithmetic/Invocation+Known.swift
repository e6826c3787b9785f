import EspalierFiles
import EspalierTensors

extension Invocation {
  /// The elements of the input at `position`, which determine the shapes of the outputs and so must be known before the
  /// network runs.
  func knownInput(_ position: Int) throws(EspalierError) -> Tensor {
    _ = try input(position)
    guard let tensor = constants[position] else {
      throw unsupported(
        "input \"\(node.inputs[position])\" is computed by the network from its data",
        remedy: "only shapes that are known before the network runs are supported")
    }
    return tensor
  }
}
