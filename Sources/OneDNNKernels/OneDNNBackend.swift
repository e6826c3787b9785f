#if OneDNN
  import CEspalierOneDNN
  import EspalierExecution
  import EspalierFiles
  import EspalierOperators
  import EspalierTensors
  import EspalierVectorKernels

  /// oneDNN's primitives, created once for each node of a plan; Swift where oneDNN has nothing to add.
  ///
  /// Feature maps lie channels last around the operators that are faster so: convolutions, pools, normalisations. Element-wise
  /// operators take what comes.
  package struct OneDNNBackend: Backend {
    private let others = VectorBackend()

    /// `onednn`.
    package var name: String { "onednn" }

    /// The library with its version, as in `oneDNN 2.6.3`.
    package var title: String {
      let version = espalier_dnnl_version()
      return "oneDNN \(version.major).\(version.minor).\(version.patch)"
    }

    /// A pass over memory less for each node that is fused.
    package var fuses: Bool { true }

    /// The backend on the processor's cores.
    package init() {}

    /// The order that the operator's primitive asks for; else that of the kernel in Swift.
    package func layout(_ node: TypedNode) -> LayoutRule {
      (node.op as? any OneDNNOperator)?.primitiveLayout(node) ?? others.layout(node)
    }

    /// oneDNN's kernel where the operator has one, else the one in Swift.
    package func kernel(_ node: TypedNode, in order: AxisOrder) throws(EspalierError) -> any Kernel {
      if let op = node.op as? any OneDNNOperator, let kernel = op.primitive(node, in: order) { return kernel }
      return try others.kernel(node, in: order)
    }

    /// A reordering primitive for single precision numbers, else the plain copy.
    package func reorder(_ type: TensorType, from source: AxisOrder, to target: AxisOrder) -> any Kernel {
      guard type.elementType == .float32, let reorder = ReorderPrimitive(type.shape, from: source, to: target) else {
        return others.reorder(type, from: source, to: target)
      }
      return reorder
    }
  }
#endif
