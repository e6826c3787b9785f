#if OneDNN
  import CEspalierOneDNN
  import EspalierExecution
  import EspalierTensors

  /// Batch normalisation or its gradient as a oneDNN primitive.
  final class NormalizationPrimitive: Kernel {
    /// The operation that the primitive computes.
    enum Kind {
      /// Y from X, scale, B, mean and variance.
      case inference
      /// Y, mean and variance of the batch from X, scale and B.
      case training
      /// dX, dscale and dB from dY, X, scale, and mean and variance of the batch.
      case gradient
    }

    /// The operands in the order of the inputs, then the outputs.
    private let operands: [OneDNNMemory]
    private let step: OneDNNStep

    /// The primitive for an X of `shape` in `order`; `nil` if oneDNN does not support it.
    init?(_ kind: Kind, _ shape: Shape, in order: AxisOrder, epsilon: Float) {
      var layout = OneDNNLayout(shape, in: order).layout
      let primitive = espalier_dnnl_normalization_create(OneDNNProcessor.engine, kind.code, &layout, epsilon)
      var operands: [(Int32, OneDNNMemory)] = []
      for (argument, isVector) in kind.arguments {
        let layout = isVector ? OneDNNLayout(contiguous: [shape[1]]) : OneDNNLayout(shape, in: order)
        guard let memory = OneDNNMemory(operand: layout) else { continue }
        operands.append((argument, memory))
      }
      // Version 2 of oneDNN requires the shift as an input of the gradient, although its elements do not matter.
      let shift = kind == .gradient ? OneDNNMemory(own: OneDNNLayout(contiguous: [shape[1]])) : nil
      guard operands.count == kind.arguments.count,
        let step = OneDNNStep(primitive, operands + (shift.map { [(DNNL_ARG_SHIFT, $0)] } ?? []))
      else { return nil }
      self.operands = operands.map(\.1)
      self.step = step
    }

    func run(_ buffers: Operands) {
      for (operand, buffer) in zip(operands, buffers.inputs.compactMap { $0 } + buffers.outputs) {
        operand.point(to: buffer.address)
      }
      step.run()
    }
  }

  extension NormalizationPrimitive.Kind {
    /// The kind as a constant of the C shim.
    fileprivate var code: espalier_dnnl_normalization_kind_t {
      switch self {
      case .inference: espalier_dnnl_normalization_inference
      case .training: espalier_dnnl_normalization_training
      case .gradient: espalier_dnnl_normalization_gradient
      }
    }

    /// The operands in order, and whether each has one number per channel.
    fileprivate var arguments: [(Int32, isVector: Bool)] {
      switch self {
      case .inference:
        [
          (DNNL_ARG_SRC, false), (DNNL_ARG_SCALE, true), (DNNL_ARG_SHIFT, true), (DNNL_ARG_MEAN, true),
          (DNNL_ARG_VARIANCE, true), (DNNL_ARG_DST, false),
        ]
      case .training:
        [
          (DNNL_ARG_SRC, false), (DNNL_ARG_SCALE, true), (DNNL_ARG_SHIFT, true), (DNNL_ARG_DST, false),
          (DNNL_ARG_MEAN, true), (DNNL_ARG_VARIANCE, true),
        ]
      case .gradient:
        [
          (DNNL_ARG_DIFF_DST, false), (DNNL_ARG_SRC, false), (DNNL_ARG_SCALE, true), (DNNL_ARG_MEAN, true),
          (DNNL_ARG_VARIANCE, true), (DNNL_ARG_DIFF_SRC, false), (DNNL_ARG_DIFF_SCALE, true),
          (DNNL_ARG_DIFF_SHIFT, true),
        ]
      }
    }
  }
#endif
