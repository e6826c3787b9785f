import Tensors

/// A node compiled for fixed shapes: runs as often as wanted on whatever its operands hold.
public protocol Kernel {
  /// Computes the outputs from the inputs.
  func run(_ operands: Operands)
}

/// The memory a kernel reads and writes.
public struct Operands {
  /// The inputs; `nil` for an optional one left out.
  public let inputs: [Buffer?]
  /// The outputs.
  public let outputs: [Buffer]

  /// Operands at these places.
  public init(inputs: [Buffer?], outputs: [Buffer]) {
    self.inputs = inputs
    self.outputs = outputs
  }
}

/// A place in memory where a value of a known type lies. Whoever owns the memory keeps it alive.
public struct Buffer {
  /// Where the value begins, on a boundary of 64 bytes.
  public let address: UnsafeMutableRawPointer
  /// What the value is.
  public let type: TensorType
  /// In which order its elements lie.
  public let order: AxisOrder

  /// A value of `type` at `address`.
  public init(address: UnsafeMutableRawPointer, type: TensorType, order: AxisOrder = .plain) {
    self.address = address
    self.type = type
    self.order = order
  }

  /// The elements in the order they lie in, as single precision numbers.
  public var floats: UnsafeMutableBufferPointer<Float> { elements(as: Float.self) }

  /// The elements in the order they lie in; the value must hold `Element`s, or others of as many bytes.
  public func elements<Element: TensorElement>(as _: Element.Type) -> UnsafeMutableBufferPointer<Element> {
    assert(type.elementType.byteCount == MemoryLayout<Element>.stride, "\(type) read as \(Element.elementType)")
    let count = type.shape.elementCount
    return UnsafeMutableBufferPointer(start: address.bindMemory(to: Element.self, capacity: count), count: count)
  }

  /// A copy of the value.
  public func tensor() -> Tensor {
    var bytes = [UInt8](repeating: 0, count: type.byteCount)
    bytes.withUnsafeMutableBytes { target in
      guard let base = target.baseAddress else { return }
      StridedCopy(type, from: order, to: .plain).run(from: address, to: base)
    }
    return Tensor(shape: type.shape, elementType: type.elementType, bytes: bytes)
  }

  /// Fills the place with the elements of `tensor`, which must be of the buffer's type.
  public func write(_ tensor: Tensor) {
    precondition(TensorType(of: tensor) == type, "\(TensorType(of: tensor)) written to \(type)")
    tensor.bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      StridedCopy(type, from: .plain, to: order).run(from: base, to: address)
    }
  }
}

/// A kernel made of a function.
public struct FunctionKernel: Kernel {
  private let function: (Operands) -> Void

  /// A kernel that runs `function`.
  public init(_ function: @escaping (Operands) -> Void) {
    self.function = function
  }

  /// Computes the outputs from the inputs.
  public func run(_ operands: Operands) {
    function(operands)
  }
}
