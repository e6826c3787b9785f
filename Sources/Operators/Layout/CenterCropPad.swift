import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The input cropped to its middle, or padded around it with zeros, to the sizes of the second input along the axes of
/// the attribute `axes`, all by default.
package struct CenterCropPad: CompositeOperator {
  /// `CenterCropPad`.
  package static let name: OperatorName = "CenterCropPad"

  /// The sizes.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// A slice and a padding.
  package let body: Body
  private let rank: Int
  private let changed: Set<Int>

  /// Reads the sizes and the axes.
  package init(_ call: Invocation) throws(EspalierError) {
    let shape = try call.input(0).shape
    let axes = try call.axes(try call.ints("axes") ?? Array(shape.indices))
    guard let sizes = try call.ints("shape", orInput: 1), sizes.count == axes.count, sizes.allSatisfy({ $0 >= 0 })
    else { throw call.error("does not say to which size") }
    var (starts, ends) = ([Int](repeating: 0, count: shape.rank), shape.sizes)
    var pads = [Int](repeating: 0, count: 2 * shape.rank)
    for (axis, size) in zip(axes, sizes) {
      let difference = shape[axis] - size
      if difference > 0 {
        starts[axis] = difference / 2
        ends[axis] = starts[axis] + size
      } else {
        pads[axis] = -difference / 2
        pads[axis + shape.rank] = -difference - pads[axis]
      }
    }
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      func store(_ values: [Int]) -> String { body.store(Tensor(shape: [values.count], values.map(Int64.init))) }
      let part = body.add(Slice.name, [try body.required(0), store(starts), store(ends)])
      body.finish([body.add(Pad.name, [part, store(pads)])])
    }
    rank = shape.rank
    changed = Set(zip(axes, sizes).filter { shape[$0] != $1 }.map(\.0))
  }

  /// Axes that keep their size are tied to those of the output, the others frozen.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: rank, except: changed)
    for axis in changed.sorted() { rule.freeze(axis, "crops or pads it") }
    return rule
  }

  /// Elements are only moved, or are 0.
  package var sign: Sign { .preserved }
}
