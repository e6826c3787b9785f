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
}

extension Invocation {
  /// Those of `positions` whose inputs are vectors: scales, zero points and biases that go with an axis.
  func vectors(at positions: [Int]) -> [Int] {
    positions.filter { has(input: $0) && inputs[$0]?.shape.rank == 1 }
  }
}
