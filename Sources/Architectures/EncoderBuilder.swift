import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections

/// Builds BERT's graph, block by block.
struct EncoderBuilder {
  private var builder = GraphBuilder(Graph(name: "bert", opsets: ["": 20]))
  /// The parameters missing from the file, which have initial values.
  private(set) var initial: [String] = []
  private let network: BERT
  private let weights: BERTWeights?
  private var generator: SeededGenerator

  init(_ network: BERT, _ weights: BERTWeights?, seed: UInt64) {
    self.network = network
    self.weights = weights
    generator = SeededGenerator(seed: seed)
    for name in ["input_ids", "attention_mask", "token_type_ids"] {
      builder.declareInput(ValueInfo(name, .int64, [.symbolic("batch"), .symbolic("sequence")]))
    }
  }

  /// The network built so far.
  var graph: Graph { builder.graph }

  /// The hidden state after the last block, `B x S x D`.
  mutating func encode() throws(EspalierError) -> String {
    var hidden = try embeddings()
    let mask = addend()
    for layer in 0..<network.layers { hidden = try block(hidden, mask, "encoder.layer.\(layer)") }
    return hidden
  }

  /// Declares `value` as the output `name`.
  mutating func finish(_ value: String, as name: String, _ dimensions: [Dimension]) {
    let output = builder.add("Identity", [value], output: name)
    builder.declareOutput(ValueInfo(output, .float32, [.symbolic("batch")] + dimensions))
  }

  /// The sum of the word, position and token type embeddings, normalised.
  private mutating func embeddings() throws(EspalierError) -> String {
    let size = network.hiddenSize
    let word = try parameter("embeddings.word_embeddings.weight", [network.vocabularySize, size])
    let kind = try parameter("embeddings.token_type_embeddings.weight", [network.tokenTypes, size])
    let place = try parameter("embeddings.position_embeddings.weight", [network.places, size])
    let length = add("Shape", "embeddings.length", ["input_ids"], ["start": .int(1), "end": .int(2)])
    let ends = [integers("embeddings.begin", [1], [0]), length, integers("embeddings.axis", [1], [0])]
    let places = add("Slice", "embeddings.places", [place] + ends)
    let sum = add(
      "Add", "embeddings.sum",
      [
        add("Gather", "embeddings.words", [word, "input_ids"]),
        add("Gather", "embeddings.kinds", [kind, "token_type_ids"]),
      ])
    return try normalize(add("Add", "embeddings.all", [sum, places]), "embeddings.LayerNorm")
  }

  /// The mask added to the products of queries and keys, `B x 1 x 1 x S`: the least number for keys that are not
  /// attended to.
  private mutating func addend() -> String {
    let mask = add("Unsqueeze", "mask.axes", ["attention_mask", integers("mask.places", [2], [1, 2])])
    let one = number("mask.one", 1)
    let missing = add("Sub", "mask.missing", [one, add("Cast", "mask.numbers", [mask], ["to": .int(1)])])
    return add("Mul", "mask.addend", [missing, number("mask.least", -Float.greatestFiniteMagnitude)])
  }

  private mutating func block(_ hidden: String, _ mask: String, _ name: String) throws(EspalierError) -> String {
    let size = network.hiddenSize
    let attended = try attention(hidden, mask, "\(name).attention.self")
    let projected = try dense(attended, size, size, "\(name).attention.output.dense")
    let middle = try normalize(
      add("Add", "\(name).attention.output.sum", [projected, hidden]), "\(name).attention.output.LayerNorm")
    let units = activate(
      try dense(middle, size, network.intermediateSize, "\(name).intermediate.dense"), "\(name).intermediate.activation"
    )
    let output = try dense(units, network.intermediateSize, size, "\(name).output.dense")
    return try normalize(add("Add", "\(name).output.sum", [output, middle]), "\(name).output.LayerNorm")
  }

  /// `softmax(Q K^T / sqrt(d) + mask) V`, with the heads concatenated.
  private mutating func attention(_ hidden: String, _ mask: String, _ name: String) throws(EspalierError) -> String {
    let (size, heads) = (network.hiddenSize, network.heads)
    let shape = integers("\(name).heads", [4], [0, 0, heads, size / heads])
    var parts: [String: String] = [:]
    for (part, order) in [("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3])] {
      let value = try dense(hidden, size, size, "\(name).\(part)")
      let split = add("Reshape", "\(name).\(part).split", [value, shape])
      parts[part] = add("Transpose", "\(name).\(part).order", [split], ["perm": .ints(order.map(Int64.init))])
    }
    let scale = number("\(name).scale", 1 / Float(size / heads).squareRoot())
    let query = add("Mul", "\(name).scaled", [parts["query"]!, scale])
    let products = add("MatMul", "\(name).products", [query, parts["key"]!])
    let masked = add("Add", "\(name).masked", [products, mask])
    let weights = add("Softmax", "\(name).weights", [masked], ["axis": .int(-1)])
    let values = add("MatMul", "\(name).values", [weights, parts["value"]!])
    let order = add("Transpose", "\(name).order", [values], ["perm": .ints([0, 2, 1, 3])])
    return add("Reshape", "\(name).merged", [order, integers("\(name).shape", [3], [0, 0, size])])
  }

  private mutating func activate(_ value: String, _ name: String) -> String {
    switch network.activation {
    case .gelu: add("Gelu", name, [value])
    case .geluNew, .geluTanh: add("Gelu", name, [value], ["approximate": .string("tanh")])
    case .relu: add("Relu", name, [value])
    }
  }

  private mutating func normalize(_ value: String, _ name: String) throws(EspalierError) -> String {
    let scale = try parameter("\(name).weight", [network.hiddenSize], initial: 1)
    let bias = try parameter("\(name).bias", [network.hiddenSize], initial: 0)
    return add(
      "LayerNormalization", name, [value, scale, bias], ["axis": .int(-1), "epsilon": .float(network.epsilon)])
  }

  /// `X W + b`; a layer of the task may have initial values if the file lacks it.
  mutating func dense(
    _ value: String, _ inputs: Int, _ outputs: Int, _ name: String, isNew: Bool = false
  ) throws(EspalierError) -> String {
    let weight = try values(of: "\(name).weight", [outputs, inputs], isNew: isNew)
    let stored = builder.store(weight.transposedMatrix, as: "\(name).weight")
    let bias = try parameter("\(name).bias", [outputs], initial: 0, isNew: isNew)
    let product = add("MatMul", "\(name).product", [value, stored])
    return add("Add", name, [product, bias])
  }

  /// Stores a parameter and returns its name.
  private mutating func parameter(
    _ name: String, _ shape: Shape, initial value: Float? = nil, isNew: Bool = false
  ) throws(EspalierError) -> String {
    builder.store(try values(of: name, shape, initial: value, isNew: isNew), as: name)
  }

  /// A parameter from the file, or initial values: a constant, or drawn from the normal distribution.
  private mutating func values(
    of name: String, _ shape: Shape, initial value: Float? = nil, isNew: Bool = false
  ) throws(EspalierError) -> Tensor {
    if let stored = try weights?.tensor(name, shape) { return stored }
    guard weights == nil || isNew else {
      throw EspalierError(.file, "the weights", "lack \"\(name)\"", remedy: "give the config.json that belongs to them")
    }
    initial.append(name)
    let deviation = network.deviation
    return Tensor(
      shape: shape, (0..<shape.elementCount).map { _ in value ?? Float(generator.normal() * deviation) })
  }

  /// Stores integers and returns their name.
  mutating func integers(_ name: String, _ shape: Shape, _ values: [Int]) -> String {
    builder.store(Tensor(shape: shape, values.map(Int64.init)), as: name)
  }

  private mutating func number(_ name: String, _ value: Float) -> String {
    builder.store(Tensor(scalar: value), as: name)
  }

  /// Adds a node with one output, called `name.output`.
  mutating func add(
    _ op: OperatorName, _ name: String, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:]
  ) -> String {
    builder.add(op, name: name, inputs, attributes, output: "\(name).output")
  }
}

extension Tensor {
  /// The transposed matrix.
  fileprivate var transposedMatrix: Tensor {
    let (rows, columns) = (shape[0], shape[1])
    let values = elements(as: Float.self)
    var turned = [Float](repeating: 0, count: values.count)
    for row in 0..<rows { for column in 0..<columns { turned[column * rows + row] = values[row * columns + column] } }
    return Tensor(shape: [columns, rows], turned)
  }
}
