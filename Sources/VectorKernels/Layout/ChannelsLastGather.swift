import EspalierExecution
import EspalierOperators
import EspalierTensors
import EspalierThreading

extension Gather: VectorOperator {
  /// Any order where channels are gathered.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule {
    let picksChannels = axis == 1 && (3...5).contains(input.shape.rank) && indices.rank == 1
    return LayoutRule(picksChannels && input.elementType == .float32 ? .any : .plain, plainInputs: [1])
  }

  /// Gathers channels in channels-last order; in plain order there is nothing to gain.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    order == .plain || outputs[0].shape.elementCount == 0 ? nil : ChannelsLastGather(of: input.shape)
  }
}

/// Gathers channels of a single precision tensor in channels-last order, dividing the positions among threads. An index
/// out of range gives zeros, as in ``Gather``.
private struct ChannelsLastGather: Kernel {
  private let channels: Int
  private let places: Int

  /// Channels of an X of `shape`.
  init(of shape: Shape) {
    channels = shape[1]
    places = shape.elementCount / max(shape[1], 1)
  }

  func run(_ operands: Operands) {
    let x = operands.inputs[0]!.floats.baseAddress!
    let y = operands.outputs[0].floats.baseAddress!
    let picked =
      operands.inputs[1]!.type.elementType == .int64
      ? operands.inputs[1]!.elements(as: Int64.self).map { Int($0) }
      : operands.inputs[1]!.elements(as: Int32.self).map { Int($0) }
    let indices = picked.map { $0 < 0 ? $0 + channels : $0 }
    let isInside = indices.allSatisfy { (0..<channels).contains($0) }
    let parts = max(1, min(Threads.count, places * indices.count / (1 << 14)))
    Threads.run(parts) { part in
      indices.withUnsafeBufferPointer { indices in
        for place in places * part / parts..<places * (part + 1) / parts {
          let (source, target) = (x + place * channels, y + place * indices.count)
          if isInside {
            for i in 0..<indices.count { target[i] = source[indices[i]] }
          } else {
            for i in 0..<indices.count { target[i] = (0..<channels).contains(indices[i]) ? source[indices[i]] : 0 }
          }
        }
      }
    }
  }
}
