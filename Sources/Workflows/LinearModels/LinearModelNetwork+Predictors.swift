import EspalierFiles
import EspalierGraph
import EspalierRegression
import EspalierTables
import EspalierTensors

extension LinearModelNetwork {
  /// Adds the inputs and the linear predictors, N x K, and returns their name.
  mutating func addPredictors() throws(EspalierError) -> String {
    var terms: [String] = []
    switch model.input {
    case .table(let columns): terms = addColumns(columns)
    case .design(let design): terms = try addDesign(design)
    case .sparse(_, let count):
      let input = builder.declareInput(ValueInfo("features", .float64, [.symbolic("N"), .fixed(count)]))
      terms = [addProduct(input, Array(0..<count))]
    }
    if let offset = model.offset { terms.append(declareNumbers(offset, nil)) }
    if let exposure = model.exposure { terms.append(builder.add("Log", [declareNumbers(exposure, nil)])) }
    guard let start = terms.first else { throw Self.withoutInputs }
    let sum = terms.dropFirst().reduce(start) { builder.add("Add", [$0, $1]) }
    let intercepts = store([predictors.count], predictors.map(\.intercept), as: "intercept")
    return builder.add("Add", [sum, intercepts], output: "linear_predictor")
  }

  /// Adds the columns of a table, and returns what they add to the linear predictors.
  private mutating func addColumns(_ columns: [TableColumn]) -> [String] {
    var terms: [String] = []
    var first = 0
    let numbers = columns.filter { $0.levels == nil }
    var places: [Int] = []
    for column in columns {
      if column.levels == nil { places.append(first) } else { terms.append(addLevels(column, first: first)) }
      first += column.features.count
    }
    let inputs = numbers.map { declareNumbers($0.name, $0.notation) }
    if !inputs.isEmpty {
      let all = inputs.count == 1 ? inputs[0] : builder.add("Concat", inputs, ["axis": .int(1)])
      terms.append(addProduct(all, places))
    }
    return terms
  }

  /// Declares a column of numbers.
  mutating func declareNumbers(_ column: String, _ notation: NumberNotation?) -> String {
    builder.declareInput(
      ValueInfo(
        column, .float64, [.symbolic("N"), .fixed(1)],
        documentation: notation.map { "numbers, which the table wrote as \($0.unit ?? "thousands")" } ?? ""))
  }

  /// Declares a column of levels, and adds the code of each: its place, or their number for any other.
  mutating func declareLevels(_ column: TableColumn) -> String {
    let levels = column.levels ?? []
    let input = builder.declareInput(ValueInfo(column.name, .string, [.symbolic("N"), .fixed(1)]))
    return builder.add(
      OperatorName("LabelEncoder", domain: "ai.onnx.ml"), [input],
      [
        "keys_strings": .strings(levels), "values_int64s": .ints(levels.indices.map(Int64.init)),
        "default_int64": .int(Int64(levels.count)),
      ])
  }

  /// Adds the rows of a table, `width` numbers each, at codes of levels, N x 1; not numbers for the code of no level.
  mutating func addLookup(_ code: String, _ rows: [Double], width: Int, as name: String) -> String {
    let numbers = rows + [Double](repeating: .nan, count: width)
    let table = store([numbers.count / width, width], numbers, as: name)
    let found = builder.add("Gather", [table, code], ["axis": .int(0)])
    return builder.add("Squeeze", [found, builder.store(Tensor(shape: [1], [Int64(1)]), as: "axis")])
  }

  /// Adds a column of levels: a coefficient for each, looked up.
  private mutating func addLevels(_ column: TableColumn, first: Int) -> String {
    let code = declareLevels(column)
    var coefficients: [Double] = []
    var place = first
    for level in column.levels ?? [] {
      let isReference = level == column.reference
      coefficients += predictors.map { isReference ? 0 : $0.coefficients[place] }
      if !isReference { place += 1 }
    }
    return addLookup(code, coefficients, width: predictors.count, as: "\(column.name)/coefficients")
  }

  /// Adds the product of features with their coefficients, those at `places`; -1 for a feature without one.
  mutating func addProduct(_ features: String, _ places: [Int]) -> String {
    let coefficients = places.flatMap { place in predictors.map { place < 0 ? 0 : $0.coefficients[place] } }
    return builder.add(
      "MatMul", [features, store([places.count, predictors.count], coefficients, as: "coefficients")])
  }
}
