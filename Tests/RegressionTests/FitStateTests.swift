import EspalierFiles
import EspalierProximalPoint
import EspalierRegression
import EspalierTables
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct FitStateTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  /// Rows of three features and a target: a number, a count, or one of three classes.
  private func data(_ family: Family.Name) throws -> RegressionData {
    var generator = SeededGenerator(seed: 8)
    var text = "y,a,b,c\n"
    for _ in 0..<100 {
      let x = (0..<3).map { _ in generator.normal() }
      let g = 0.5 * x[0] - x[1] + 0.2 * generator.normal()
      let y = family == .gaussian || family == .quantile ? g : Double(generator.index(below: 2)) + (g > 0 ? 1 : 0)
      text += "\(family.hasPredictorOfEachClass ? "class \(Int(y))" : String(y)),\(x[0]),\(x[1]),\(x[2])\n"
    }
    return try RegressionData(
      DataFile(folder.file("\(family.rawValue).csv", Array(text.utf8))), roles: ColumnRoles(target: "y"),
      family: Family(family), missing: .refuse, intercept: true)
  }

  /// Goes on from every third state on the way, written and read, and expects the outcome of the whole.
  private func expectSameEnd(_ begin: (FitState?) throws -> any FitRun) throws {
    let whole = try begin(nil)
    var states = [whole.state]
    var told: [Double] = []
    while try whole.advance() {
      states.append(whole.state)
      if let progress = whole.progress { told.append(progress.loss) }
    }
    let end = try whole.outcome()
    #expect(states.count >= 2)
    for state in stride(from: 0, to: states.count, by: 3).map({ states[$0] }) + [whole.state] {
      let path = folder.path + "/state"
      try state.write(to: path)
      let read = try FitState(contentsOf: path)
      #expect(read == state)
      let run = try begin(read)
      var rest: [Double] = []
      while try run.advance() { if let progress = run.progress { rest.append(progress.loss) } }
      #expect(told.suffix(rest.count) == rest[...])
      let outcome = try run.outcome()
      #expect(
        outcome.predictors.map(\.coefficients) == end.predictors.map(\.coefficients)
          && outcome.predictors.map(\.intercept) == end.predictors.map(\.intercept))
      #expect(outcome.trace == end.trace && outcome.validationTrace == end.validationTrace)
      #expect(outcome.reason == end.reason && outcome.method == end.method)
      #expect(outcome.steps == end.steps && outcome.epochs == end.epochs)
      #expect(outcome.progressiveLoss == end.progressiveLoss)
    }
  }

  private let constant = FitOptions(
    steps: .init(method: .sppam, step: 0.3, momentum: 0.5), epochs: 6, order: .shuffled(seed: 5))

  private func fit(_ family: Family.Name, _ data: RegressionData, _ options: FitOptions) throws -> Fit {
    Fit(
      try Family(family), classNames: family.hasPredictorOfEachClass ? data.classes : nil, options: options,
      measuresProgressiveLoss: true)
  }

  @Test(arguments: [Family.Name.gaussian, .poisson, .quantile, .multinomial])
  func rowsInMemory(family: Family.Name) throws {
    let data = try data(family)
    let rows = try data.readAll()
    var validated = constant
    (validated.validation, validated.patience, validated.l2) = (0.2, 2, 0.01)
    for options in [validated, FitOptions()] {
      let fit = try fit(family, data, options)
      try expectSameEnd { try fit.run(rows, features: data.features, from: $0) }
    }
  }

  @Test(arguments: [Family.Name.gaussian, .poisson, .quantile, .multinomial])
  func streamedRows(family: Family.Name) throws {
    let data = try data(family)
    for options in [constant, FitOptions()] {
      let fit = try fit(family, data, options)
      try expectSameEnd {
        try fit.streamingRun(
          SmallBlocks(base: data.source), features: data.features, rowCount: data.rowCount, isSparse: data.isSparse,
          from: $0)
      }
    }
  }

  @Test func statesOfOtherFitsAreRefused() throws {
    let data = try data(.gaussian)
    let rows = try data.readAll()
    let run = try fit(.gaussian, data, constant).run(rows, features: data.features)
    _ = try run.advance()
    let state = run.state
    func fault(_ features: [FeatureSummary], _ change: (inout FitOptions) -> Void = { _ in }) -> String? {
      var options = constant
      change(&options)
      return anyDataError { _ = try fit(.gaussian, data, options).run(rows, features: features, from: state) }?.fault
    }
    #expect(fault(data.features) == nil)
    #expect(fault(data.features) { $0.l2 = 1 } == "was made with l2 0.0, and 1.0 is asked for")
    var others = data.features
    others[0].mean += 1
    #expect(fault(others) == "belongs to another table")
    let streamed = anyDataError {
      _ = try fit(.gaussian, data, constant).streamingRun(
        data.source, features: data.features, rowCount: data.rowCount, isSparse: false, from: state)
    }
    #expect(streamed?.fault == "was made with streaming false, and true is asked for")
  }
}

/// Rows in blocks of fifty at most, so that few make several blocks.
private struct SmallBlocks: RowSource {
  let base: any RowSource

  var featureNames: [String] { base.featureNames }

  func reader() throws(EspalierError) -> any RowReader { Reader(base: try base.reader()) }

  private final class Reader: RowReader {
    private let base: any RowReader

    init(base: any RowReader) { self.base = base }

    func next(atMost count: Int) throws(EspalierError) -> Rows? { try base.next(atMost: min(count, 50)) }
  }
}
