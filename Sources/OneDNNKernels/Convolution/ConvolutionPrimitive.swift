#if OneDNN
  import CEspalierOneDNN
  import EspalierExecution
  import EspalierOperators

  /// A convolution or one of its gradients as a oneDNN primitive, on activations in channels-last order.
  ///
  /// In plain order oneDNN's convolutions are 2 to 25 times slower. Weights are reordered to the layout that the
  /// primitive chooses: once if they never change, otherwise in each run. A weight gradient is reordered back.
  final class ConvolutionPrimitive: Kernel {
    /// The operand that is computed, and those it is computed from.
    enum Kind {
      /// Y from X, W and B.
      case forward
      /// dX from dY and W.
      case dataGradient
      /// dW from dY and X.
      case weightGradient
    }

    /// The operands at the inputs, in order, then the one at the output.
    private let operands: [OneDNNMemory]
    /// Reorders the weights to the primitive's layout, or their gradient from it.
    private let weightReorder: OneDNNStep
    private let kind: Kind
    private let weightsAreConstant: Bool
    private var weightsAreReordered = false
    private let convolution: OneDNNStep

    /// The primitive; `nil` if there is nothing to compute or oneDNN does not support it. A forward convolution may add
    /// a bias, and clamps its outputs to `bounds`.
    init?(
      _ kind: Kind, _ geometry: ConvolutionGeometry, hasBias: Bool = false, bounds: Bounds = .none,
      weightsAreConstant: Bool = false
    ) {
      let (x, y) = (geometry.sourceShape, geometry.resultShape)
      guard !geometry.isEmpty, let source = OneDNNMemory(operand: OneDNNLayout(x, in: .channelsLast)),
        let destination = OneDNNMemory(operand: OneDNNLayout(y, in: .channelsLast)),
        let weights = OneDNNMemory(operand: OneDNNLayout(contiguous: geometry.groupedWeightSizes)),
        let bias = OneDNNMemory(operand: OneDNNLayout(contiguous: [geometry.outputChannels])),
        let (primitive, chosen) = Self.primitive(kind, geometry, hasBias: hasBias, bounds)
      else { return nil }
      let arguments: [(Int32, OneDNNMemory)]
      switch kind {
      case .forward:
        arguments =
          [(DNNL_ARG_SRC, source), (DNNL_ARG_WEIGHTS, chosen), (DNNL_ARG_DST, destination)]
          + (hasBias ? [(DNNL_ARG_BIAS, bias)] : [])
        operands = [source, weights] + (hasBias ? [bias] : []) + [destination]
      case .dataGradient:
        arguments = [(DNNL_ARG_DIFF_DST, destination), (DNNL_ARG_WEIGHTS, chosen), (DNNL_ARG_DIFF_SRC, source)]
        operands = [destination, weights, source]
      case .weightGradient:
        arguments = [(DNNL_ARG_DIFF_DST, destination), (DNNL_ARG_SRC, source), (DNNL_ARG_DIFF_WEIGHTS, chosen)]
        operands = [destination, source, weights]
      }
      let (from, to) = kind == .weightGradient ? (chosen, weights) : (weights, chosen)
      guard let convolution = OneDNNStep(primitive, arguments), let weightReorder = OneDNNStep(from: from, to: to)
      else { return nil }
      self.convolution = convolution
      self.weightReorder = weightReorder
      self.kind = kind
      self.weightsAreConstant = weightsAreConstant
    }

    func run(_ buffers: Operands) {
      var position = 0
      for case let input? in buffers.inputs where position < operands.count - 1 {
        operands[position].point(to: input.address)
        position += 1
      }
      operands[position].point(to: buffers.outputs[0].address)
      if kind == .weightGradient {
        convolution.run()
        weightReorder.run()
      } else {
        if !weightsAreReordered { weightReorder.run() }
        weightsAreReordered = weightsAreConstant
        convolution.run()
      }
    }

    /// The primitive, and the layout of its weights.
    private static func primitive(
      _ kind: Kind, _ geometry: ConvolutionGeometry, hasBias: Bool, _ bounds: Bounds
    ) -> (dnnl_primitive_t, OneDNNMemory)? {
      let axes = geometry.windows.axes
      var description = espalier_dnnl_convolution_t()
      description.source = OneDNNLayout(geometry.sourceShape, in: .channelsLast).layout
      description.weights = OneDNNLayout(contiguous: geometry.groupedWeightSizes).layout
      description.destination = OneDNNLayout(geometry.resultShape, in: .channelsLast).layout
      if hasBias { description.bias = OneDNNLayout(contiguous: [geometry.outputChannels]).layout }
      description.has_bias = hasBias ? 1 : 0
      description.is_bounded = bounds == .none ? 0 : 1
      (description.least, description.greatest) = (bounds.least, bounds.greatest)
      description.strides = OneDNNLayout.dimensions(axes.map(\.stride))
      description.dilations = OneDNNLayout.dimensions(axes.map { $0.dilation - 1 })
      description.before = OneDNNLayout.dimensions(axes.map(\.before))
      description.after = OneDNNLayout.dimensions(axes.map(\.seenAfter))
      var chosen: dnnl_memory_t?
      let primitive = espalier_dnnl_convolution_create(OneDNNProcessor.engine, kind.code, &description, &chosen)
      guard let weights = OneDNNMemory(chosen), let primitive else { return nil }
      return (primitive, weights)
    }
  }

  extension Windows.Axis {
    /// The padding after the input, as oneDNN defines it: how far the last window extends beyond the input.
    var seenAfter: Int { (count - 1) * stride + reach - size - before }
  }

  extension ConvolutionGeometry {
    /// The sizes of the weights in oneDNN's format: with a leading axis of groups if there are several.
    fileprivate var groupedWeightSizes: [Int] {
      let outputs = groups == 1 ? [outputChannels] : [groups, outputChannels / groups]
      return outputs + [channelsPerGroup] + windows.axes.map(\.kernel)
    }
  }

  extension ConvolutionPrimitive.Kind {
    /// The kind as a constant of the C shim.
    fileprivate var code: espalier_dnnl_convolution_kind_t {
      switch self {
      case .forward: espalier_dnnl_convolution_forward
      case .dataGradient: espalier_dnnl_convolution_data_gradient
      case .weightGradient: espalier_dnnl_convolution_weight_gradient
      }
    }
  }
#endif
