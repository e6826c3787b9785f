#if OneDNN
  import CEspalierOneDNN
  import EspalierExecution
  import EspalierTensors

  /// oneDNN's view of the processor: one engine and one stream for the whole process.
  enum OneDNNProcessor {
    nonisolated(unsafe) static let engine: dnnl_engine_t = {
      var engine: dnnl_engine_t?
      let status = dnnl_engine_create(&engine, dnnl_cpu, 0)
      precondition(status == dnnl_success, "oneDNN finds no processor")
      return engine!
    }()

    /// On a CPU, a primitive has finished when its execution returns, so the stream has no state.
    nonisolated(unsafe) static let stream: dnnl_stream_t = {
      var stream: dnnl_stream_t?
      let status = dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue)
      precondition(status == dnnl_success, "oneDNN opens no stream")
      return stream!
    }()
  }

  /// The layout of an operand in oneDNN's format.
  struct OneDNNLayout {
    var layout = espalier_dnnl_layout_t()

    /// Axes of `sizes` with `strides` in elements.
    init(sizes: [Int], strides: [Int]) {
      layout.rank = Int32(sizes.count)
      withUnsafeMutableBytes(of: &layout.sizes) { raw in
        for (axis, size) in sizes.enumerated() { raw.bindMemory(to: Int64.self)[axis] = Int64(size) }
      }
      withUnsafeMutableBytes(of: &layout.strides) { raw in
        // The stride of an axis of size 1 is unused, but oneDNN requires one other than 0.
        for (axis, stride) in strides.enumerated() { raw.bindMemory(to: Int64.self)[axis] = Int64(max(stride, 1)) }
      }
    }

    /// Sizes or strides in oneDNN's format.
    static func dimensions<Dimensions>(_ values: [Int]) -> Dimensions where Dimensions: BitwiseCopyable {
      withUnsafeTemporaryAllocation(of: Dimensions.self, capacity: 1) { place in
        let raw = UnsafeMutableRawBufferPointer(place)
        raw.initializeMemory(as: UInt8.self, repeating: 0)
        for (axis, value) in values.enumerated() {
          raw.storeBytes(of: Int64(value), toByteOffset: 8 * axis, as: Int64.self)
        }
        return place[0]
      }
    }

    /// A tensor of `shape` in `order`.
    init(_ shape: Shape, in order: AxisOrder) {
      self.init(sizes: shape.sizes, strides: order.strides(of: shape))
    }

    /// Row-major order.
    init(contiguous sizes: [Int]) {
      var strides = [Int](repeating: 1, count: sizes.count)
      for axis in sizes.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * sizes[axis + 1] }
      self.init(sizes: sizes, strides: strides)
    }
  }

  /// A primitive with the memory objects of its operands, created once and run any number of times.
  final class OneDNNPrimitive {
    private let primitive: dnnl_primitive_t
    private let memories: [dnnl_memory_t]
    private var arguments: [dnnl_exec_arg_t]

    private init?(_ primitive: dnnl_primitive_t?, _ operands: [(Int32, OneDNNLayout)]) {
      guard let primitive else { return nil }
      let memories = operands.compactMap { _, layout in
        withUnsafePointer(to: layout.layout) { espalier_dnnl_memory_create($0, OneDNNProcessor.engine) }
      }
      guard memories.count == operands.count else {
        dnnl_primitive_destroy(primitive)
        return nil
      }
      self.primitive = primitive
      self.memories = memories
      arguments = zip(operands, memories).map { dnnl_exec_arg_t(arg: $0.0, memory: $1) }
    }

    deinit {
      dnnl_primitive_destroy(primitive)
      for memory in memories { dnnl_memory_destroy(memory) }
    }

    /// `y = f(a b (+ bias))`, or `y = f(y + a b (+ bias))` if it `adds`; `nil` if oneDNN does not support the layouts.
    /// The operands are a, b, bias, y, in this order.
    static func matrixProduct(
      _ a: OneDNNLayout, _ b: OneDNNLayout, bias: OneDNNLayout?, _ y: OneDNNLayout, adds: Bool,
      then function: espalier_dnnl_function_t?
    ) -> OneDNNPrimitive? {
      var (source, weights, destination) = (a.layout, b.layout, y.layout)
      var addend = bias?.layout ?? espalier_dnnl_layout_t()
      let primitive = withUnsafePointer(to: &addend) { pointer in
        espalier_dnnl_matmul_create(
          OneDNNProcessor.engine, &source, &weights, bias == nil ? nil : pointer, &destination, adds ? 1 : 0,
          function ?? espalier_dnnl_identity)
      }
      var operands = [(DNNL_ARG_SRC, a), (DNNL_ARG_WEIGHTS, b)]
      if let bias { operands.append((DNNL_ARG_BIAS, bias)) }
      return OneDNNPrimitive(primitive, operands + [(DNNL_ARG_DST, y)])
    }

    /// Whether rounding depends on the number of threads that run it.
    var dependsOnThreads: Bool { espalier_dnnl_depends_on_threads(primitive) != 0 }

    /// Runs the primitive on operands at these addresses.
    func execute(_ addresses: [UnsafeMutableRawPointer]) {
      for (memory, address) in zip(memories, addresses) { dnnl_memory_set_data_handle(memory, address) }
      let status = dnnl_primitive_execute(primitive, OneDNNProcessor.stream, Int32(arguments.count), &arguments)
      precondition(status == dnnl_success, "oneDNN could not run a primitive it had made")
    }
  }
#endif
