import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The different elements of the input, or its different slices along the attribute `axis`: sorted, or in the order of
/// their first appearance if `sorted` is 0.
///
/// Further outputs are the index of each one's first appearance, the position of each original among them, and how
/// often each appears. Their number determines the outputs' shapes, so the input must be known before the network runs.
package struct Unique: Operator {
  /// `Unique`.
  package static let name: OperatorName = "Unique"

  /// The input: how many elements the output has follows from it.
  package static var inputsKnownBeforehand: [Int] { [0] }

  /// The outputs.
  package let known: [Tensor]?
  private let used: [Int]

  /// Finds the different slices.
  package init(_ call: Invocation) throws(EspalierError) {
    let tensor = try call.knownInput(0)
    try call.checkNumeric(tensor.elementType)
    let axis = call.node.attributes["axis"] == nil ? nil : try call.axis(try call.int("axis", default: 0), ofInput: 0)
    let source = axis == nil ? tensor.reshaped([tensor.count]) : tensor
    let slices = IndexedSlices(source.shape, axis: axis ?? 0)
    let numbers = source.doubles() ?? []
    let contents = (0..<slices.size).map { index in
      (0..<slices.outer).flatMap { outer in
        (0..<slices.inner).map { numbers[(outer * slices.size + index) * slices.inner + $0] }
      }
    }
    var first: [[Double]: Int] = [:]
    for (index, content) in contents.enumerated() where first[content] == nil { first[content] = index }
    var places = first.values.sorted()
    if try call.flag("sorted", default: true) {
      places.sort { contents[$0].lexicographicallyPrecedes(contents[$1]) }
    }
    let ranks = Dictionary(uniqueKeysWithValues: places.enumerated().map { (contents[$1], $0) })
    // A not-a-number equals nothing, so each is its own.
    let inverse = contents.enumerated().map { index, content in ranks[content] ?? places.firstIndex(of: index) ?? 0 }
    var counts = [Int64](repeating: 0, count: places.count)
    for rank in inverse { counts[rank] += 1 }
    known = [
      source.taking(places, along: axis ?? 0), Tensor(shape: [places.count], places.map(Int64.init)),
      Tensor(shape: [inverse.count], inverse.map(Int64.init)), Tensor(shape: [counts.count], counts),
    ]
    used = (0..<4).filter(call.has(output:))
  }

  /// The types of the outputs.
  package var outputs: [TensorType] { (known ?? []).map(TensorType.init(of:)) }

  /// All axes are frozen.
  package var axes: AxisRule? {
    AxisRule(
      frozen: used.flatMap { position in
        outputs[position].shape.indices.map { FrozenAxis(PortAxis(.output(position), $0), "states its elements") }
      })
  }
}
