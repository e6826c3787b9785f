#if OneDNN
  import CEspalierOneDNN
  import EspalierExecution
  import EspalierFiles
  import EspalierOperators
  import EspalierTensors
  import EspalierVectorKernels

  /// oneDNN's primitives, created once for each node of a plan, and kernels in Swift for operators that do not benefit
  /// from it.
  ///
  /// Feature maps are in channels-last order around the operators that are faster in it: convolutions, pools,
  /// normalisations. Element-wise operators accept any order.
  package struct OneDNNBackend: Backend {
    private let others = VectorBackend()

    /// `onednn`.
    package var name: String { "onednn" }

    /// The library with its version, such as `oneDNN 2.6.3`.
    package var title: String {
      let version = espalier_dnnl_version()
      return "oneDNN \(version.major).\(version.minor).\(version.patch)"
    }

    /// Fusion saves a pass over memory for each fused node.
    package var fuses: Bool { true }

    /// The backend on the processor's cores.
    package init() {}

    /// The order of the operator's primitive, or else that of its kernel in Swift.
    package func layout(_ node: TypedNode) -> LayoutRule {
      (node.op as? any OneDNNOperator)?.primitiveLayout(node) ?? others.layout(node)
    }

    /// The operator's oneDNN primitive if it has one, otherwise the kernel in Swift.
    package func kernel(_ node: TypedNode, in order: AxisOrder) throws(EspalierError) -> any Kernel {
      if let op = node.op as? any OneDNNOperator, let kernel = op.primitive(node, in: order) { return kernel }
      return try others.kernel(node, in: order)
    }

    /// A reorder primitive for single precision numbers, otherwise the plain copy.
    package func reorder(_ type: TensorType, from source: AxisOrder, to target: AxisOrder) -> any Kernel {
      guard type.elementType == .float32, let reorder = ReorderPrimitive(type.shape, from: source, to: target) else {
        return others.reorder(type, from: source, to: target)
      }
      return reorder
    }
  }
#endif
