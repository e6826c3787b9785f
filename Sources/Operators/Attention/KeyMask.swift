import EspalierFiles
import EspalierGraph
import EspalierTensors

extension BodyBuilder {
  /// The addend of the products, `B x H x S x T`, for ONNX Runtime's mask of keys; `nil` if the input is omitted.
  ///
  /// A mask has 1 for keys that are attended to, as `B x T`, `B x S x T` or `B x 1 x S x T`, or holds the number of
  /// keys of each of the B samples, or those numbers followed by the first key of each (`2 B`).
  mutating func keyMask(_ position: Int, batch: Int, queries: Int, keys: Int, otherwise: Float) throws(EspalierError)
    -> String?
  {
    guard let input = input(position) else { return nil }
    let shape = try call.input(position).shape
    func attended(_ condition: String, _ shape: Shape) -> String {
      addend(where: reshape(condition, to: shape), otherwise: otherwise)
    }
    func isSet(_ value: String) -> String {
      let number = floats(value)
      let half = store(Tensor(scalar: Float(0.5)))
      return add(Greater.name, [number, half])
    }
    switch shape.sizes {
    case [batch, keys]: return attended(isSet(input), [batch, 1, 1, keys])
    case [batch, queries, keys]: return attended(isSet(input), [batch, 1, queries, keys])
    case [batch, 1, queries, keys]: return attended(isSet(input), [batch, 1, queries, keys])
    case [batch], [2 * batch]:
      let numbers = reshape(floats(input), to: [shape[0] / batch, batch, 1])
      let places = store(Tensor(shape: [1, keys], (0..<keys).map { Float($0) }))
      func bound(_ index: Int64) -> String {
        let row = add(Gather.name, [numbers, store(Tensor(shape: [1], [index]))], ["axis": .int(0)])
        return reshape(row, to: [batch, 1])
      }
      var condition = add(Less.name, [places, bound(0)])
      if shape[0] == 2 * batch {
        condition = add(And.name, [condition, add(GreaterOrEqual.name, [places, bound(1)])])
      }
      return attended(condition, [batch, 1, 1, keys])
    default:
      throw call.error(
        "has a mask of shape \(shape)",
        remedy: "one number a key (\(batch) x \(keys)), or how many keys each sample has")
    }
  }
}

extension AttentionHeads {
  /// Adds the heads of queries, keys and values, `B x H x S x d` each, with the masks of ONNX Runtime's operators: a
  /// mask of keys at input `mask`, and numbers added to the products at input `addend`. The result is `B x S x (H x
  /// e)`.
  func finish(_ parts: [String], mask: Int, addend: Int, in body: inout BodyBuilder) throws(EspalierError) {
    let otherwise = try body.call.float("mask_filter_value", default: -10000)
    var added = try body.keyMask(mask, batch: batch, queries: queries, keys: keys, otherwise: otherwise)
    if let numbers = body.input(addend) { added = added.map { body.add(Add.name, [$0, numbers]) } ?? numbers }
    let result = try write(parts[0], parts[1], parts[2], mask: added, to: &body)
    body.finish([body.mergeHeads(result.output, batch, queries, heads: heads, size: valueSize)])
  }
}

extension AxisRule {
  /// Ties the first axis of each operand to that of the result, or freezes it if a mask also has an axis of samples.
  mutating func addSamples(_ operands: [Port], to result: Port, areMasked: Bool) {
    if areMasked {
      frozen += (operands + [result]).map { FrozenAxis(PortAxis($0, 0), "is masked along it") }
    } else {
      ties += operands.map { AxisTie(PortAxis($0, 0), PortAxis(result, 0)) }
    }
  }

  /// Ties the axis of a mask or addend at input `position` that has one element per head to the heads; freezes all
  /// others.
  mutating func addMask(_ position: Int, of call: Invocation, heads: AxisTie, count: Int) {
    guard call.has(input: position), let shape = call.inputs[position]?.shape else { return }
    for axis in shape.indices {
      let port = PortAxis(.input(position), axis)
      if shape.rank - axis == 3, shape[axis] == count, shape.rank == 4 {
        ties.append(AxisTie(port, heads.to, block: heads.block))
      } else {
        frozen.append(FrozenAxis(port, "masks it"))
      }
    }
  }
}
