#if OneDNN
  import CEspalierOneDNN

  /// A oneDNN memory object: over an operand, whose address is set before each run, or over memory of its own.
  final class OneDNNMemory {
    let memory: dnnl_memory_t

    /// Takes ownership of `memory`; `nil` if oneDNN failed to create it.
    init?(_ memory: dnnl_memory_t?) {
      guard let memory else { return nil }
      self.memory = memory
    }

    /// An operand with this layout.
    convenience init?(operand layout: OneDNNLayout) {
      self.init(withUnsafePointer(to: layout.layout) { espalier_dnnl_memory_create($0, OneDNNProcessor.engine) })
    }

    /// Memory of its own with this layout.
    convenience init?(own layout: OneDNNLayout) {
      self.init(withUnsafePointer(to: layout.layout) { espalier_dnnl_memory_allocate($0, OneDNNProcessor.engine) })
    }

    deinit { dnnl_memory_destroy(memory) }

    /// Sets the address of the operand.
    func point(to address: UnsafeMutableRawPointer) {
      dnnl_memory_set_data_handle(memory, address)
    }
  }

  /// A primitive bound to its operands: one step of a kernel.
  final class OneDNNStep {
    private let primitive: dnnl_primitive_t
    private let operands: [OneDNNMemory]
    private var arguments: [dnnl_exec_arg_t]

    /// Takes ownership of `primitive`; `nil` if oneDNN failed to create it.
    init?(_ primitive: dnnl_primitive_t?, _ operands: [(Int32, OneDNNMemory)]) {
      guard let primitive else { return nil }
      self.primitive = primitive
      self.operands = operands.map(\.1)
      arguments = operands.map { dnnl_exec_arg_t(arg: $0.0, memory: $0.1.memory) }
    }

    /// Reorders elements from one layout to another.
    convenience init?(from source: OneDNNMemory, to target: OneDNNMemory) {
      self.init(
        espalier_dnnl_reorder_create(OneDNNProcessor.engine, source.memory, target.memory),
        [(DNNL_ARG_FROM, source), (DNNL_ARG_TO, target)])
    }

    deinit { dnnl_primitive_destroy(primitive) }

    /// Runs the primitive.
    func run() {
      let status = dnnl_primitive_execute(primitive, OneDNNProcessor.stream, Int32(arguments.count), &arguments)
      precondition(status == dnnl_success, "oneDNN could not run a primitive it had made")
    }
  }
#endif
