#if OneDNN
  import CEspalierOneDNN
  import EspalierExecution
  import EspalierOperators
  import EspalierTensors

  /// Max or average pooling, or its gradient, as oneDNN primitives on operands in channels-last order.
  final class PoolingPrimitive: Kernel {
    /// The kind of pooling.
    enum Kind {
      /// Max pooling.
      case largest
      /// Average pooling; `countsPadding` includes the padding in the mean.
      case mean(countsPadding: Bool)
    }

    private let inputs: [OneDNNMemory]
    private let output: OneDNNMemory
    private let steps: [OneDNNStep]

    /// The pool Y of X; `nil` if oneDNN does not support it.
    init?(_ kind: Kind, _ geometry: PoolingGeometry) {
      let (windows, x, y) = (geometry.windows, geometry.source, geometry.result)
      guard x.elementCount > 0, Self.suits(kind, windows),
        let source = OneDNNMemory(operand: OneDNNLayout(x, in: .channelsLast)),
        let destination = OneDNNMemory(operand: OneDNNLayout(y, in: .channelsLast)),
        let (primitive, workspace) = Self.primitive(kind, windows, x, y, backward: false),
        let step = OneDNNStep(
          primitive, [(DNNL_ARG_SRC, source), (DNNL_ARG_DST, destination)] + Self.argument(workspace))
      else { return nil }
      (inputs, output, steps) = ([source], destination, [step])
    }

    /// The gradient dX from dY, and from X if the kind is ``Kind/largest``: the pool is computed again to find the
    /// positions of the largest numbers.
    init?(gradientOf kind: Kind, _ geometry: PoolingGeometry) {
      let (windows, x, y) = (geometry.windows, geometry.source, geometry.result)
      guard x.elementCount > 0, Self.suits(kind, windows),
        let source = OneDNNMemory(operand: OneDNNLayout(x, in: .channelsLast)),
        let gradient = OneDNNMemory(operand: OneDNNLayout(y, in: .channelsLast)),
        let result = OneDNNMemory(operand: OneDNNLayout(x, in: .channelsLast)),
        let (backward, own) = Self.primitive(kind, windows, x, y, backward: true)
      else { return nil }
      var workspace = own
      var steps: [OneDNNStep?] = []
      if case .largest = kind {
        guard let (forward, places) = Self.primitive(kind, windows, x, y, backward: false),
          let pooled = OneDNNMemory(own: OneDNNLayout(y, in: .channelsLast))
        else {
          dnnl_primitive_destroy(backward)
          return nil
        }
        workspace = places
        steps.append(
          OneDNNStep(forward, [(DNNL_ARG_SRC, source), (DNNL_ARG_DST, pooled)] + Self.argument(workspace)))
      }
      steps.append(
        OneDNNStep(
          backward, [(DNNL_ARG_DIFF_DST, gradient), (DNNL_ARG_DIFF_SRC, result)] + Self.argument(workspace)))
      guard !steps.contains(where: { $0 == nil }) else { return nil }
      (inputs, output, self.steps) = ([gradient, source], result, steps.compactMap { $0 })
    }

    func run(_ operands: Operands) {
      for (memory, buffer) in zip(inputs, operands.inputs) { memory.point(to: buffer!.address) }
      output.point(to: operands.outputs[0].address)
      for step in steps { step.run() }
    }

    /// Whether oneDNN supports the pool with the same semantics.
    static func suits(_ kind: Kind, _ windows: Windows) -> Bool {
      windows.axes.allSatisfy { axis in
        guard axis.dilation == 1, axis.before < axis.kernel, axis.seenAfter < axis.kernel else { return false }
        if case .mean(countsPadding: true) = kind { return axis.seenAfter <= axis.after }
        return true
      }
    }

    private static func argument(_ workspace: OneDNNMemory?) -> [(Int32, OneDNNMemory)] {
      workspace.map { [(DNNL_ARG_WORKSPACE, $0)] } ?? []
    }

    private static func primitive(
      _ kind: Kind, _ windows: Windows, _ x: Shape, _ y: Shape, backward: Bool
    ) -> (dnnl_primitive_t, OneDNNMemory?)? {
      var description = espalier_dnnl_pooling_t()
      description.source = OneDNNLayout(x, in: .channelsLast).layout
      description.destination = OneDNNLayout(y, in: .channelsLast).layout
      description.kernel = OneDNNLayout.dimensions(windows.axes.map(\.kernel))
      description.strides = OneDNNLayout.dimensions(windows.axes.map(\.stride))
      description.before = OneDNNLayout.dimensions(windows.axes.map(\.before))
      description.after = OneDNNLayout.dimensions(windows.axes.map(\.seenAfter))
      switch kind {
      case .largest: description.algorithm = dnnl_pooling_max
      case .mean(let countsPadding):
        description.algorithm =
          countsPadding ? dnnl_pooling_avg_include_padding : dnnl_pooling_avg_exclude_padding
      }
      var workspace: dnnl_memory_t?
      let primitive = espalier_dnnl_pooling_create(
        OneDNNProcessor.engine, backward ? 1 : 0, &description, &workspace)
      return primitive.map { ($0, OneDNNMemory(workspace)) }
    }
  }

  extension PoolingPrimitive.Kind {
    /// Channels last if oneDNN supports the pool.
    fileprivate func layout(_ geometry: PoolingGeometry) -> LayoutRule {
      LayoutRule(PoolingPrimitive.suits(self, geometry.windows) ? .channelsLast : .plain)
    }
  }

  extension MaxPoolDerivative: OneDNNOperator {
    func primitiveLayout(_ node: TypedNode) -> LayoutRule { PoolingPrimitive.Kind.largest.layout(geometry) }

    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      order == .channelsLast ? PoolingPrimitive(gradientOf: .largest, geometry) : nil
    }
  }

  extension AveragePool: OneDNNOperator {
    private var kind: PoolingPrimitive.Kind { .mean(countsPadding: countsPadding) }

    func primitiveLayout(_ node: TypedNode) -> LayoutRule { kind.layout(geometry) }

    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      order == .channelsLast ? PoolingPrimitive(kind, geometry) : nil
    }
  }

  extension AveragePoolDerivative: OneDNNOperator {
    private var kind: PoolingPrimitive.Kind { .mean(countsPadding: countsPadding) }

    func primitiveLayout(_ node: TypedNode) -> LayoutRule { kind.layout(geometry) }

    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      order == .channelsLast ? PoolingPrimitive(gradientOf: kind, geometry) : nil
    }
  }
#endif
