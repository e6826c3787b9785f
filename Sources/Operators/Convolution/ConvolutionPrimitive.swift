#if OneDNN
  import COneDNN

  /// A convolution or one of its gradients as a oneDNN primitive.
  ///
  /// Values lie in plain order (N x C x spatial), in which oneDNN's convolutions are 2 to 25 times slower than with channels last. So
  /// activations are reordered to channels last and back, in memory that the kernel keeps, and weights to the layout that
  /// the primitive chooses: once, where they never change. With windows of a single input, a product of matrices, activations
  /// stay in plain order, which is as good for that.
  final class ConvolutionPrimitive: Kernel {
    /// What is computed from what.
    enum Kind {
      /// Y from X, W and B.
      case forward
      /// dX from dY and W.
      case dataGradient
      /// dW from dY and X.
      case weightGradient
    }

    /// One of X, W and Y: the operand, and the memory the primitive sees.
    private struct Place {
      var operand: OneDNNMemory
      var inner: OneDNNMemory
    }

    private let stream: dnnl_stream_t
    /// The operands that lie at the inputs, in their order, then the one at the output.
    private let operands: [OneDNNMemory]
    private let reorders: [OneDNNStep]
    private let weightReorder: OneDNNStep?
    private let weightsAreConstant: Bool
    private var weightsAreReordered = false
    private let convolution: OneDNNStep
    private let result: OneDNNStep?

    /// The primitive; `nil` where there is nothing to compute or oneDNN refuses.
    convenience init?(_ kind: Kind, _ geometry: ConvolutionGeometry, _ invocation: Invocation) {
      if kind == .dataGradient, geometry.isMatrixProduct {
        // The gradient is such a convolution itself, with the weights transposed.
        var transposed = geometry
        swap(&transposed.inputChannels, &transposed.outputChannels)
        self.init(.forward, transposed, invocation, transposesWeights: true, hasBias: false)
      } else {
        let hasBias = kind == .forward && invocation.has(input: 2)
        self.init(kind, geometry, invocation, transposesWeights: false, hasBias: hasBias)
      }
    }

    private init?(
      _ kind: Kind, _ geometry: ConvolutionGeometry, _ invocation: Invocation, transposesWeights: Bool, hasBias: Bool
    ) {
      let order = geometry.isMatrixProduct ? Order.plain : .channelsLast
      guard !geometry.isEmpty, let source = Self.activation(geometry.sourceShape.sizes, order),
        let destination = Self.activation(geometry.resultShape.sizes, order),
        let bias = OneDNNMemory(operand: OneDNNLayout(contiguous: [geometry.outputChannels])),
        let (primitive, weights) = Self.primitive(
          kind, geometry, order, transposesWeights: transposesWeights, hasBias: hasBias)
      else { return nil }
      let arguments: [(Int32, OneDNNMemory)]
      let (read, written): ([Place], Place)
      switch kind {
      case .forward:
        arguments =
          [(DNNL_ARG_SRC, source.inner), (DNNL_ARG_WEIGHTS, weights.inner), (DNNL_ARG_DST, destination.inner)]
          + (hasBias ? [(DNNL_ARG_BIAS, bias)] : [])
        (read, written) = ([source, weights], destination)
      case .dataGradient:
        arguments = [
          (DNNL_ARG_DIFF_DST, destination.inner), (DNNL_ARG_WEIGHTS, weights.inner), (DNNL_ARG_DIFF_SRC, source.inner),
        ]
        (read, written) = ([destination, weights], source)
      case .weightGradient:
        arguments = [
          (DNNL_ARG_DIFF_DST, destination.inner), (DNNL_ARG_SRC, source.inner),
          (DNNL_ARG_DIFF_WEIGHTS, weights.inner),
        ]
        (read, written) = ([destination, source], weights)
      }
      guard let convolution = OneDNNStep(primitive, arguments) else { return nil }
      self.convolution = convolution
      let moved = read.filter { $0.operand !== $0.inner }
      reorders = moved.filter { $0.inner !== weights.inner }.compactMap { OneDNNStep(from: $0.operand, to: $0.inner) }
      weightReorder = kind == .weightGradient ? nil : OneDNNStep(from: weights.operand, to: weights.inner)
      result = written.operand === written.inner ? nil : OneDNNStep(from: written.inner, to: written.operand)
      weightsAreConstant = kind != .weightGradient && invocation.constants[1] != nil
      operands = read.map(\.operand) + (hasBias ? [bias] : []) + [written.operand]
      var stream: dnnl_stream_t?
      dnnl_stream_create(&stream, OneDNNProcessor.engine, dnnl_stream_default_flags.rawValue)
      let steps = reorders.count + (weightReorder == nil ? 0 : 1)
      guard let stream, steps == moved.count, result != nil || written.operand === written.inner else { return nil }
      self.stream = stream
    }

    deinit { dnnl_stream_destroy(stream) }

    func run(_ buffers: Operands) {
      let addresses = buffers.inputs.compactMap { $0?.address } + [buffers.outputs[0].address]
      for (operand, address) in zip(operands, addresses) { operand.point(to: address) }
      for reorder in reorders { reorder.run(on: stream) }
      if !weightsAreReordered { weightReorder?.run(on: stream) }
      weightsAreReordered = weightsAreConstant
      convolution.run(on: stream)
      result?.run(on: stream)
      dnnl_stream_wait(stream)
    }

    /// How activations lie for the primitive.
    private enum Order {
      case plain
      case channelsLast

      func layout(_ sizes: [Int]) -> OneDNNLayout {
        switch self {
        case .plain: OneDNNLayout(contiguous: sizes)
        case .channelsLast: .channelsLast(sizes)
        }
      }
    }

    /// The places of an activation; one and the same where no element has to move.
    private static func activation(_ sizes: [Int], _ order: Order) -> Place? {
      if order == .plain || sizes[1] == 1 || sizes.dropFirst(2).allSatisfy({ $0 == 1 }) {
        return OneDNNMemory(operand: order.layout(sizes)).map { Place(operand: $0, inner: $0) }
      }
      guard let operand = OneDNNMemory(operand: OneDNNLayout(contiguous: sizes)),
        let inner = OneDNNMemory(own: order.layout(sizes))
      else { return nil }
      return Place(operand: operand, inner: inner)
    }

    /// The primitive, and where its weights lie.
    private static func primitive(
      _ kind: Kind, _ geometry: ConvolutionGeometry, _ order: Order, transposesWeights: Bool, hasBias: Bool
    ) -> (dnnl_primitive_t, Place)? {
      let (groups, axes) = (geometry.groups, geometry.windows.axes)
      let parts = groups == 1 ? [geometry.outputChannels] : [groups, geometry.outputChannels / groups]
      let sizes = parts + [geometry.channelsPerGroup] + axes.map(\.kernel)
      let weights =
        transposesWeights
        ? OneDNNLayout(sizes: sizes, strides: [1, sizes[0]] + axes.map { _ in 1 }) : OneDNNLayout(contiguous: sizes)
      var description = espalier_dnnl_convolution_t()
      description.source = order.layout(geometry.sourceShape.sizes).layout
      description.weights = weights.layout
      description.destination = order.layout(geometry.resultShape.sizes).layout
      if hasBias { description.bias = OneDNNLayout(contiguous: [geometry.outputChannels]).layout }
      description.has_bias = hasBias ? 1 : 0
      set(&description.strides, axes.map(\.stride))
      set(&description.dilations, axes.map { $0.dilation - 1 })
      set(&description.before, axes.map(\.before))
      // What lies behind the last window is of no concern, but oneDNN wants sizes that fit.
      set(&description.after, axes.map { ($0.count - 1) * $0.stride + $0.reach - $0.size - $0.before })
      var chosen: dnnl_memory_t?
      let primitive = espalier_dnnl_convolution_create(
        OneDNNProcessor.engine, kind.code, &description, &chosen)
      guard let inner = OneDNNMemory(chosen), let primitive else { return nil }
      guard let operand = OneDNNMemory(operand: weights) else {
        dnnl_primitive_destroy(primitive)
        return nil
      }
      return (primitive, Place(operand: operand, inner: inner))
    }

    private static func set<Dimensions>(_ dimensions: inout Dimensions, _ values: [Int]) {
      withUnsafeMutableBytes(of: &dimensions) { raw in
        for (axis, value) in values.enumerated() { raw.bindMemory(to: Int64.self)[axis] = Int64(value) }
      }
    }
  }

  extension OneDNNLayout {
    /// Channels next to each other, then the spatial axes, then samples.
    fileprivate static func channelsLast(_ sizes: [Int]) -> OneDNNLayout {
      var strides = sizes
      var stride = 1
      for axis in [1] + sizes.indices.dropFirst(2).reversed() + [0] {
        strides[axis] = stride
        stride *= sizes[axis]
      }
      return OneDNNLayout(sizes: sizes, strides: strides)
    }
  }

  extension ConvolutionGeometry {
    /// Whether each output is a weighted sum of the channels at its own place, which plain order is as good for.
    fileprivate var isMatrixProduct: Bool { windows.isIdentity && groups == 1 }
  }

  extension ConvolutionPrimitive.Kind {
    /// What the shim calls it.
    fileprivate var code: espalier_dnnl_convolution_kind_t {
      switch self {
      case .forward: espalier_dnnl_convolution_forward
      case .dataGradient: espalier_dnnl_convolution_data_gradient
      case .weightGradient: espalier_dnnl_convolution_weight_gradient
      }
    }
  }
#endif
