import EspalierFiles
import EspalierGraph
import EspalierTensors

extension BodyBuilder {
  /// The input at `position` less its zero point, as single precision numbers: exact for 8 bits. Several zero points
  /// lie along `axis`.
  mutating func difference(
    _ position: Int, zeroPoint: Int, along axis: (Shape) -> Int
  ) throws(EspalierError) -> String {
    let value = floats(try required(position))
    guard let zero = input(zeroPoint) else { return value }
    let shape = try call.input(position).shape
    return add(Subtract.name, [value, floats(spread(zero, zeroPoint, along: axis(shape), rank: shape.rank))])
  }

  /// The input `name` at `position`, one number or several along an axis of a value of `rank` axes, in a shape that is
  /// broadcast to that value.
  mutating func spread(_ name: String, _ position: Int, along axis: Int, rank: Int) -> String {
    guard let shape = call.inputs[position]?.shape, shape.rank <= 1 else { return name }
    if shape.elementCount == 1 { return reshape(name, to: []) }
    return reshape(name, to: Shape([shape.elementCount] + Array(repeating: 1, count: max(0, rank - axis - 1))))
  }

  /// `product`, a sum of products of whole numbers, scaled to the whole numbers of the result: the inputs at the
  /// positions `scales` are the scales of both factors and the result, and the next the result's zero point.
  mutating func requantize(
    _ product: String, scales: (first: Int, second: Int, result: Int), along axes: (first: Int, second: Int), rank: Int
  ) throws(EspalierError) -> String {
    let first = spread(try required(scales.first), scales.first, along: axes.first, rank: rank)
    let second = spread(try required(scales.second), scales.second, along: axes.second, rank: rank)
    let result = spread(try required(scales.result), scales.result, along: 0, rank: 0)
    let factor = add(Divide.name, [add(Multiply.name, [first, second]), result])
    let zero = reshape(try required(scales.result + 1), to: [])
    return add(
      QuantizeLinear.name, [add(Multiply.name, [product, factor]), store(Tensor(scalar: Float(1))), zero])
  }

  /// The numbers that the operand `operand` of a quantised operator stands for.
  mutating func dequantize(_ operand: QuantizedOperands.Operand) throws(EspalierError) -> String {
    switch operand {
    case .plain(let position): return try required(position)
    case .quantized(let position, let axis):
      let numbers = [try required(position), try required(position + 1)] + (input(position + 2).map { [$0] } ?? [])
      return add(DequantizeLinear.name, numbers, ["axis": .int(Int64(axis))])
    }
  }

  /// `value` as multiples of the scale at `position`, in the type of the zero point behind it, or without one in that
  /// of the input `source`.
  mutating func quantize(_ value: String, scale position: Int, like source: Int) throws(EspalierError) -> String {
    let zero: String
    if let stated = input(position + 1) {
      zero = reshape(stated, to: [])
    } else {
      let isSigned = try call.input(source).elementType == .int8
      zero = isSigned ? store(Tensor(scalar: Int8(0))) : store(Tensor(scalar: UInt8(0)))
    }
    return add(QuantizeLinear.name, [value, reshape(try required(position), to: []), zero])
  }
}

extension QuantizedOperator {
  /// The body that dequantises the operands, applies `function` and quantises its result.
  static func body(
    _ call: Invocation, _ apply: (inout BodyBuilder, [String]) throws(EspalierError) -> String
  ) throws(EspalierError) -> Body {
    let operands = Self.operands(of: call.node)
    return try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      var values: [String] = []
      for operand in operands.values { values.append(try body.dequantize(operand)) }
      let first = operands.values.lazy.compactMap { if case .quantized(let place, _) = $0 { place } else { nil } }.first
      let result = try apply(&body, values)
      body.finish([try body.quantize(result, scale: operands.result, like: first ?? 0)])
    }
  }

  /// The same with the function and attributes of the node.
  static func body(_ call: Invocation) throws(EspalierError) -> Body {
    try body(call) { (body: inout BodyBuilder, values) in body.add(Self.function, values, call.node.attributes) }
  }
}

extension Invocation {
  /// Those of `positions` whose inputs are vectors: scales, zero points and biases that go with an axis.
  func vectors(at positions: [Int]) -> [Int] {
    positions.filter { has(input: $0) && inputs[$0]?.shape.rank == 1 }
  }
}
