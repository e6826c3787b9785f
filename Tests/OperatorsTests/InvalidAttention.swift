import EspalierGraph
import EspalierOperators
import EspalierTensors

/// Invalid nodes of attention and layer normalisation.
enum InvalidAttention {
  private static func float(_ shape: Shape) -> TensorType { TensorType(shape) }
  private static let x = TensorType([2, 3, 4])

  static let faults: [Fault] = [
    Fault(op: LayerNormalization.name, inputs: [x]),
    Fault(op: LayerNormalization.name, inputs: [x, float([3])]),
    Fault(op: LayerNormalization.name, inputs: [x, float([4]), float([3])]),
    Fault(op: LayerNormalization.name, inputs: [x, float([4])], attributes: ["axis": .int(3)]),
    Fault(op: LayerNormalizationDataGradient.name, inputs: [x, x, float([3])]),
    Fault(op: LayerNormalizationScaleGradient.name, inputs: [x, x]),
    Fault(op: AttentionSoftmax.name, inputs: [TensorType([2], .int64)]),
    Fault(op: Attention.name, inputs: [x, x, x]),
    Fault(op: Attention.name, inputs: [x, x]),
    Fault(op: Attention.name, inputs: [x, x, x], attributes: ["q_num_heads": .int(3), "kv_num_heads": .int(3)]),
    Fault(
      op: Attention.name, inputs: [x, x, float([2, 4, 4])],
      attributes: ["q_num_heads": .int(2), "kv_num_heads": .int(2)]),
    Fault(op: Attention.name, inputs: [float([2, 4, 3, 2]), float([2, 3, 3, 2]), float([2, 3, 3, 2])]),
    Fault(op: Attention.name, inputs: [float([2, 4, 3, 2]), float([2, 4, 3, 3]), float([2, 4, 3, 3])]),
    Fault(
      op: Attention.name, inputs: Array(repeating: float([2, 4, 3, 2]), count: 3),
      attributes: ["qk_matmul_output_mode": .int(4)]),
    Fault(
      op: Attention.name,
      inputs: Array(repeating: float([2, 4, 3, 2]), count: 3) + [nil, nil, nil, TensorType([3], .int64)]),
    Fault(
      op: Attention.name,
      inputs: Array(repeating: float([2, 4, 3, 2]), count: 5) + [nil, TensorType([2], .int64)]),
    Fault(
      op: Attention.name, inputs: Array(repeating: float([1, 1, 1 << 31, 0]), count: 3),
      attributes: ["is_causal": .int(1)]),
    Fault(op: PackedAttention.name, inputs: [x, float([4, 12])]),
    Fault(op: PackedAttention.name, inputs: [x, float([3, 12])], attributes: ["num_heads": .int(2)]),
    Fault(op: PackedAttention.name, inputs: [x, float([4, 11])], attributes: ["num_heads": .int(2)]),
    Fault(
      op: PackedAttention.name, inputs: [x, float([4, 12])],
      attributes: ["num_heads": .int(2), "qkv_hidden_sizes": .ints([4, 6, 2])]),
    Fault(
      op: PackedAttention.name, inputs: [x, float([4, 12]), nil, TensorType([7], .int32)],
      attributes: ["num_heads": .int(2)]),
    Fault(
      op: PackedAttention.name, inputs: [x, float([4, 12])], attributes: ["num_heads": .int(2), "do_rotary": .int(1)]),
    Fault(
      op: PackedAttention.name, inputs: [x, float([4, 12]), nil, nil, float([2, 2, 2, 5, 2])],
      attributes: ["num_heads": .int(2)]),
    Fault(op: MultiHeadAttention.name, inputs: [x, x, x]),
    Fault(
      op: MultiHeadAttention.name,
      inputs: [x, x, x, nil, nil, nil, float([2, 2, 5, 2]), float([2, 2, 5, 2])], attributes: ["num_heads": .int(2)]),
    Fault(op: MultiHeadAttention.name, inputs: [x, x, float([2, 4, 4])], attributes: ["num_heads": .int(2)]),
    Fault(op: MultiHeadAttention.name, inputs: [x, x, x, float([8])], attributes: ["num_heads": .int(2)]),
    Fault(op: SkipLayerNormalization.name, inputs: [x, x]),
    Fault(op: SkipLayerNormalization.name, inputs: [x, x, float([3])]),
    Fault(op: EmbedLayerNormalization.name, inputs: [TensorType([2], .int64)]),
    Fault(op: BiasGelu.name, inputs: [x, float([3])]),
    Fault(op: MicrosoftGelu.name, inputs: [TensorType([2], .int64)]),
    Fault(op: FastGelu.name, inputs: [x, float([3])]),
    Fault(op: QuickGelu.name, inputs: [TensorType([2], .int64)]),
  ]
}
