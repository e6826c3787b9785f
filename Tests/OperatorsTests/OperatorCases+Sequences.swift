import EspalierGraph
import EspalierOperators
import EspalierTensors

extension OperatorCases {
  /// Operators of ``sequences`` that have no derivative.
  static let sequencesWithoutDerivative: Set<OperatorName> = [
    QuantizeLinear.name, DequantizeLinear.name, MatMulNBits.name, QLinearConv.name, ConvInteger.name,
    QLinearMatMul.name,
    MatMulInteger.name, DynamicQuantizeLinear.name, QGemm.name, QLinearAdd.name, QLinearMul.name, QLinearConcat.name,
    QLinearWhere.name, QLinearSoftmax.name, QLinearSigmoid.name, QLinearLeakyRelu.name, QLinearGlobalAveragePool.name,
    QLinearAveragePool.name, EyeLike.name, ReverseSequence.name, HannWindow.name,
    HammingWindow.name, BlackmanWindow.name, Unique.name, NonMaxSuppression.name, GridSample.name, Col2Im.name,
    RoiAlign.name,
    MaxRoiPool.name,
    Determinant.name,
  ]

  /// Recurrent layers, rotary positions, quantised numbers, samples of grids, and parts of tensors.
  static let sequences = recurrent + rotations + quantized + grids + chosen + fusedLayers

  private static let recurrent: [OperatorCase] = {
    var cases: [OperatorCase] = []
    for (op, gates) in [(RNN.name, 1), (GRU.name, 3), (LSTM.name, 4)] {
      for (direction, count) in [("forward", 1), ("reverse", 1), ("bidirectional", 2)] {
        let weights: [Operand] = [
          .variable([count, gates * 3, 2]), .variable([count, gates * 3, 3]), .variable([count, 2 * gates * 3]),
        ]
        cases.append(
          OperatorCase(
            op, [.variable([4, 2, 2])] + weights, ["direction": .string(direction), "hidden_size": .int(3)], opset: 14,
            outputs: 2))
      }
      cases.append(
        OperatorCase(
          op,
          [
            .variable([2, 4, 2]), .variable([1, gates * 3, 2]), .variable([1, gates * 3, 3]), .absent, .absent,
            .variable([2, 1, 3]),
          ], ["layout": .int(1), "hidden_size": .int(3), "clip": .float(3)], opset: 14))
    }
    cases.append(
      OperatorCase(
        LSTM.name,
        [
          .variable([4, 2, 2]), .variable([1, 12, 2]), .variable([1, 12, 3]), .variable([1, 24]), .absent,
          .variable([1, 2, 3]), .variable([1, 2, 3]), .variable([1, 9]),
        ], ["hidden_size": .int(3), "input_forget": .int(1)], opset: 14, outputs: 3))
    cases.append(
      OperatorCase(
        GateRecurrence.name, [.variable([4, 2, 9]), .variable([1, 9, 3]), .variable([1, 18])],
        ["cell": .string("GRU"), "hidden_size": .int(3), "linear_before_reset": .int(1)]))
    return cases
  }()

  private static let rotations: [OperatorCase] = [
    OperatorCase(
      RotaryEmbedding.name,
      [.variable([2, 3, 2, 4]), .variable([5, 2]), .variable([5, 2]), .indices([2, 2], below: 5)],
      opset: 23),
    OperatorCase(
      RotaryEmbedding.name, of: [[2, 3, 8], [2, 3, 1], [2, 3, 1]],
      ["num_heads": .int(2), "rotary_embedding_dim": .int(2), "interleaved": .int(1)], opset: 23),
    OperatorCase(
      MicrosoftRotaryEmbedding.name,
      [.variable([2, 3, 8]), .stored([1], [1]), .variable([5, 2]), .variable([5, 2])], ["num_heads": .int(2)]),
  ]

  private static let quantized: [OperatorCase] = [
    OperatorCase(QuantizeLinear.name, [.variable([2, 3, 4]), .data([]), .unsigned([])]),
    OperatorCase(QuantizeLinear.name, [.variable([2, 3, 4]), .data([3]), .unsigned([3])], ["axis": .int(1)]),
    OperatorCase(QuantizeLinear.name, [.variable([2, 3]), .data([])]),
    OperatorCase(DequantizeLinear.name, [.unsigned([2, 3, 4]), .data([]), .unsigned([])]),
    OperatorCase(DequantizeLinear.name, [.unsigned([4, 3]), .data([4]), .unsigned([4])], ["axis": .int(0)]),
    OperatorCase(
      DequantizeLinear.name, [.unsigned([4, 3]), .data([2, 3])], ["axis": .int(0), "block_size": .int(2)], opset: 21),
    OperatorCase(
      MatMulNBits.name, [.variable([2, 3, 20]), .unsigned([2, 2, 8]), .data([2, 2]), .unsigned([2, 1])],
      ["K": .int(20), "N": .int(2), "bits": .int(4), "block_size": .int(16)]),
    OperatorCase(
      QLinearConv.name,
      [
        .unsigned([2, 3, 4, 4]), .data([]), .unsigned([]), .unsigned([2, 3, 3, 3]), .data([2]), .unsigned([2]),
        .data([]), .unsigned([]),
      ]),
    OperatorCase(ConvInteger.name, [.unsigned([2, 3, 4, 4]), .unsigned([2, 3, 3, 3]), .unsigned([])]),
    OperatorCase(
      QLinearMatMul.name,
      [
        .unsigned([3, 4]), .data([]), .unsigned([]), .unsigned([4, 2]), .data([2]), .unsigned([2]), .data([]),
        .unsigned([]),
      ]),
    OperatorCase(MatMulInteger.name, [.unsigned([3, 4]), .unsigned([4, 2]), .unsigned([]), .unsigned([2])]),
    OperatorCase(DynamicQuantizeLinear.name, [.variable([2, 3])], outputs: 3),
    OperatorCase(
      QGemm.name, scaled([3, 4]) + [.unsigned([2, 4]), .data([2]), .unsigned([2]), .absent] + scale,
      ["transB": .int(1), "alpha": .float(0.5)]),
    OperatorCase(QGemm.name, scaled([4, 3]) + scaled([4, 2]), ["transA": .int(1)]),
    OperatorCase(QLinearAdd.name, scaled([2, 3, 4]) + scaled([3, 1]) + scale),
    OperatorCase(QLinearMul.name, scaled([2, 3]) + scaled([2, 3]) + scale),
    OperatorCase(QLinearConcat.name, scale + scaled([2, 3]) + scaled([2, 4]), ["axis": .int(1)]),
    OperatorCase(QLinearWhere.name, [.truths([2, 3])] + scaled([2, 3]) + scaled([3]) + scale),
    OperatorCase(QLinearSoftmax.name, scaled([2, 3, 4]) + scale, ["opset": .int(13)]),
    OperatorCase(QLinearSoftmax.name, scaled([2, 3, 4]) + scale, ["opset": .int(11), "axis": .int(1)]),
    OperatorCase(QLinearSigmoid.name, scaled([2, 3]) + scale),
    OperatorCase(QLinearLeakyRelu.name, scaled([2, 3]) + scale, ["alpha": .float(0.2)]),
    OperatorCase(QLinearGlobalAveragePool.name, scaled([2, 3, 4, 4]) + scale),
    OperatorCase(QLinearGlobalAveragePool.name, scaled([2, 4, 4, 3]) + scale, ["channels_last": .int(1)]),
    OperatorCase(
      QLinearAveragePool.name, scaled([2, 3, 4, 4]) + scale,
      ["kernel_shape": .ints([2, 2]), "strides": .ints([2, 2])]),
  ]

  /// A scale and a zero point of unsigned numbers.
  private static let scale: [Operand] = [.data([]), .unsigned([])]

  /// Unsigned numbers with their scale and zero point.
  private static func scaled(_ shape: Shape) -> [Operand] { [.unsigned(shape)] + scale }

  private static let grids: [OperatorCase] = {
    var cases: [OperatorCase] = []
    for mode in ["linear", "nearest", "cubic"] {
      for padding in ["zeros", "border", "reflection"] {
        cases.append(
          OperatorCase(
            GridSample.name, of: [[2, 3, 4, 5], [2, 3, 2, 2]],
            ["mode": .string(mode), "padding_mode": .string(padding)], opset: 20))
      }
    }
    for mode in ["avg", "max"] {
      cases.append(
        OperatorCase(
          RoiAlign.name, [.variable([2, 3, 5, 6]), .data([3, 4]), .indices([3], below: 1)],
          [
            "mode": .string(mode), "output_height": .int(2), "output_width": .int(3), "sampling_ratio": .int(2),
            "spatial_scale": .float(2),
          ], opset: 16))
    }
    cases += [
      OperatorCase(
        MaxRoiPool.name, [.variable([2, 3, 5, 6]), .data([3, 5])],
        ["pooled_shape": .ints([2, 2]), "spatial_scale": .float(2)]),
      OperatorCase(Col2Im.name, [.variable([2, 12, 6]), .constant([3, 4]), .constant([2, 2])], opset: 18),
      OperatorCase(
        Col2Im.name, [.variable([1, 4, 9]), .constant([4, 4]), .constant([2, 2])],
        ["strides": .ints([2, 2]), "pads": .ints([1, 1, 1, 1])], opset: 18),
      OperatorCase(AffineGrid.name, [.variable([2, 2, 3]), .constant([2, 3, 2, 4])], opset: 20),
      OperatorCase(
        AffineGrid.name, [.variable([1, 3, 4]), .constant([1, 3, 2, 1, 2])], ["align_corners": .int(1)], opset: 20),
    ]
    return cases
  }()

  private static let chosen: [OperatorCase] = [
    OperatorCase(ReverseSequence.name, [.variable([3, 2, 2]), .indices([2], below: 4)]),
    OperatorCase(
      ReverseSequence.name, [.variable([2, 3]), .indices([2], below: 4)],
      ["batch_axis": .int(0), "time_axis": .int(1)]),
    OperatorCase(CenterCropPad.name, [.variable([2, 5, 3]), .constant([3, 4])], ["axes": .ints([1, 2])], opset: 18),
    OperatorCase(Compress.name, [.variable([2, 3]), .flags([true, false, true])], ["axis": .int(1)]),
    OperatorCase(Compress.name, [.variable([2, 3]), .flags([false, true, false, false, true])]),
    OperatorCase(
      Scatter.name, [.variable([2, 3, 2]), .indices([2, 1, 2], below: 3), .variable([2, 1, 2])], ["axis": .int(1)],
      opset: 10),
    OperatorCase(Determinant.name, of: [[2, 3, 3]]),
  ]

  private static let fusedLayers: [OperatorCase] = [
    OperatorCase(FusedMatMul.name, of: [[2, 3], [3, 4]], ["alpha": .float(0.5)]),
    OperatorCase(FusedMatMul.name, of: [[2, 3, 2], [2, 4, 3]], ["transA": .int(1), "transB": .int(1)]),
    OperatorCase(FusedMatMul.name, of: [[2, 3], [4, 3]], ["transB": .int(1)]),
    OperatorCase(MicrosoftFusedConv.name, of: [[2, 3, 4, 4], [2, 3, 3, 3], [2]], ["activation": .string("Tanh")]),
    OperatorCase(
      MicrosoftFusedConv.name, [.variable([1, 2, 3, 3]), .variable([2, 2, 1, 1]), .absent, .variable([1, 2, 3, 3])]),
  ]
}
