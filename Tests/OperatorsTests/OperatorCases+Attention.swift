import EspalierGraph
import EspalierOperators
import EspalierTensors
import OrderedCollections

extension OperatorCases {
  /// Attention in all its forms, layer normalisation, and what they are made of.
  static let attention = products + heads + grouped + fused + layerNormalizations + rectifiers

  private static let products: [OperatorCase] = [false, true].flatMap { transA in
    [false, true].flatMap { transB in
      let pairs: [([Int], [Int])] = [([2], [2]), ([], [2]), ([2, 1], [1, 3]), ([3, 2], [2])]
      return pairs.map { first, second in
        OperatorCase(
          BatchedProduct.name,
          of: [Shape(first + (transA ? [4, 3] : [3, 4])), Shape(second + (transB ? [2, 4] : [4, 2]))],
          ["transA": .int(transA ? 1 : 0), "transB": .int(transB ? 1 : 0)])
      }
    }
  }

  private static let grouped: [OperatorCase] = {
    let sizes: OrderedDictionary<String, Attribute> = ["num_heads": .int(4), "kv_num_heads": .int(2)]
    let (query, key): (Operand, Operand) = (.variable([2, 3, 8]), .variable([2, 3, 4]))
    let (past, counts): (Operand, [Operand]) = (.variable([2, 2, 5, 2]), [.constant([7, 7]), .constant([8])])
    return [
      OperatorCase(GroupQueryAttention.name, [query, key, key], sizes),
      OperatorCase(GroupQueryAttention.name, [query, key, key, past, past] + counts, sizes),
      OperatorCase(
        GroupQueryAttention.name, [.variable([2, 3, 16]), .absent, .absent],
        sizes.merging(["local_window_size": .int(2)]) { $1 }),
    ]
  }()

  private static let heads: [OperatorCase] = {
    let (q, k): (Operand, Operand) = (.variable([2, 4, 3, 2]), .variable([2, 4, 5, 2]))
    let merged: (Operand, Operand) = (.variable([2, 3, 8]), .variable([2, 5, 8]))
    let counts: [String: Attribute] = ["q_num_heads": .int(4), "kv_num_heads": .int(4)]
    return [
      OperatorCase(AttentionSoftmax.name, of: [[2, 3, 11]]), OperatorCase(AttentionSoftmax.name, of: [[3]]),
      OperatorCase(Attention.name, [q, k, k], opset: 23),
      OperatorCase(Attention.name, [q, k, .variable([2, 4, 5, 3])], ["scale": .float(0.4)], opset: 23),
      OperatorCase(Attention.name, [q, k, k, .truths([3, 5])], ["softcap": .float(1.5)], opset: 23),
      OperatorCase(Attention.name, [q, k, k, .variable([2, 1, 3, 5])], ["is_causal": .int(1)], opset: 23),
      OperatorCase(Attention.name, [q, k, k, .data([1, 4, 3, 5])], opset: 23),
      OperatorCase(Attention.name, [q, .variable([2, 2, 5, 2]), .variable([2, 2, 5, 2])], opset: 23),
      OperatorCase(Attention.name, [q, k, k, .absent, .absent, .absent, .constant([4, 2])], opset: 24),
      OperatorCase(
        Attention.name, [merged.0, merged.1, merged.1], .init(uniqueKeysWithValues: counts.sorted { $0.key < $1.key }),
        opset: 23),
      OperatorCase(
        Attention.name, [merged.0, .variable([2, 5, 4]), .variable([2, 5, 4])],
        ["q_num_heads": .int(4), "kv_num_heads": .int(2), "is_causal": .int(1)], opset: 23),
      OperatorCase(
        Attention.name, [merged.0, merged.1, .variable([2, 5, 12])],
        ["q_num_heads": .int(4), "kv_num_heads": .int(4)], opset: 24),
    ]
  }()

  private static let fused: [OperatorCase] = {
    let x = Operand.variable([2, 3, 4])
    let packed: [Operand] = [x, .variable([4, 12]), .variable([12])]
    let queries: [Operand] = [x, .variable([2, 5, 4]), .variable([2, 5, 4])]
    return [
      OperatorCase(PackedAttention.name, packed, ["num_heads": .int(2)]),
      OperatorCase(PackedAttention.name, packed + [.constant([3, 2])], ["num_heads": .int(2), "scale": .float(0.3)]),
      OperatorCase(
        PackedAttention.name, packed + [.stored([2, 3], [1, 1, 0, 1, 1, 1])],
        ["num_heads": .int(4), "unidirectional": .int(1)]),
      OperatorCase(
        PackedAttention.name, [x, .variable([4, 14]), .absent, .absent, .absent, .data([2, 2, 3, 3])],
        ["num_heads": .int(2), "qkv_hidden_sizes": .ints([4, 4, 6])]),
      OperatorCase(MultiHeadAttention.name, queries, ["num_heads": .int(2)]),
      OperatorCase(
        MultiHeadAttention.name, queries + [.variable([12]), .constant([4, 5])], ["num_heads": .int(2)]),
      OperatorCase(
        MultiHeadAttention.name,
        queries + [.absent, .stored([2, 5], [1, 1, 1, 1, 0, 1, 1, 1, 0, 0]), .data([1, 4, 3, 5])],
        ["num_heads": .int(4)]),
    ]
  }()

  private static let layerNormalizations: [OperatorCase] = [
    OperatorCase(LayerNormalization.name, of: [[2, 3, 11], [11], [11]]),
    OperatorCase(LayerNormalization.name, of: [[3, 8], [8]], ["epsilon": .float(0.1)]),
    OperatorCase(LayerNormalization.name, of: [[2, 3, 4], [3, 4], [3, 4]], ["axis": .int(1)]),
    OperatorCase(SkipLayerNormalization.name, of: [[2, 3, 4], [2, 3, 4], [4], [4], [4]]),
    OperatorCase(SkipLayerNormalization.name, of: [[2, 3, 4], [2, 3, 4], [4]], ["epsilon": .float(0.01)]),
    OperatorCase(
      EmbedLayerNormalization.name,
      [
        .indices([2, 3], below: 5), .indices([2, 3], below: 2), .variable([5, 4]), .variable([6, 4]),
        .variable([2, 4]),
        .variable([4]), .variable([4]),
      ]),
    OperatorCase(
      EmbedLayerNormalization.name,
      [
        .stored([2, 3], [1, 0, 4, 2, 2, 3]), .stored([2, 3], [0, 1, 1, 0, 0, 1]), .variable([5, 4]), .variable([6, 4]),
        .variable([2, 4]), .variable([4]), .variable([4]), .stored([2, 3], [1, 1, 1, 1, 1, 0]),
      ]),
    OperatorCase(
      EmbedLayerNormalization.name,
      [
        .stored([2, 3], [1, 0, 4, 2, 2, 3]), .absent, .variable([5, 4]), .variable([6, 4]), .absent, .variable([4]),
        .variable([4]), .absent, .stored([2, 3], [2, 1, 0, 5, 4, 3]),
      ]),
  ]

  private static let rectifiers: [OperatorCase] =
    [BiasGelu.name, FastGelu.name].map {
      OperatorCase($0, of: [[2, 3, 5], [5]])
    } + [MicrosoftGelu.name, FastGelu.name, QuickGelu.name].map { OperatorCase($0, of: [[3, 11]]) }
}
