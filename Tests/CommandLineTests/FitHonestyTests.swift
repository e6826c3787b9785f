import EspalierTestSupport
import Foundation
import Testing

/// `fit` does not mislead: a result that is not certified, a column that is not what it seems, a file that is hostile.
struct FitHonestyTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func file(_ text: String, _ name: String = "data.csv") throws -> String {
    try folder.file(name, Array(text.utf8))
  }

  private func fit(_ data: String, _ arguments: String...) throws -> (outcome: Tool.Outcome, json: [String: Any]) {
    try Tool.fit(data, arguments)
  }

  /// Rows of `y = 2 + a - b / 100` with a wave on it, `a` of 0 to 6, `b` around 1,000.
  private static func waves(_ count: Int = 80, weights: Bool = false) -> String {
    var text = weights ? "a,b,w,y\n" : "a,b,y\n"
    for row in 0..<count {
      let (a, b) = (Double(row % 7), 1000 + 50 * Double((row * 37) % 11))
      let weight = weights ? "\(row % 4)," : ""
      text += "\(a),\(b),\(weight)\(2 + a - b / 100 + sin(Double(row)))\n"
    }
    return text
  }

  @Test func separationIsSaidAndNamed() throws {
    let data = try file("g,x,y\na,1,0\na,2,1\na,3,0\na,4,1\nb,1,1\nb,2,1\nb,3,1\nc,1,0\nc,3,0\nc,4,1\nc,2,0\n")
    let (outcome, json) = try fit(
      data, "--target", "y", "--family", "binomial", "--columns", "g", "--model", path("model.json"))
    #expect(outcome.status == 3 && json["status"] as? String == "stopped")
    #expect((json["reason"] as? String)?.contains("no finite optimum") == true)
    #expect(outcome.errors.contains("warning") && outcome.errors.contains("g=b") && !outcome.errors.contains("g=c"))
    let coefficients = try #require(json["coefficients"] as? [String: Double])
    #expect(abs(coefficients["g=c"]! - log(1.0 / 3)) < 1e-6)
    #expect(FileManager.default.fileExists(atPath: path("model.json")))
    let ridge = try fit(data, "--target", "y", "--family", "binomial", "--columns", "g", "--l2", "0.01")
    #expect(ridge.outcome.status == 0 && ridge.outcome.errors.isEmpty)
  }

  @Test func constantStepsDidWhatWasAsked() throws {
    let (outcome, json) = try fit(
      file(Self.waves()), "--target", "y", "--family", "gaussian", "--step", "1e-9", "--columns", "a")
    #expect(outcome.status == 0 && json["status"] as? String == "stopped" && outcome.errors.isEmpty)
  }

  @Test func streamedRowsGiveTheSamePenalizedFit() throws {
    let data = try file(Self.waves())
    for penalty in [["--l2", "0.3"], ["--l1", "0.1"], ["--l1", "0.05", "--l2", "0.2"], []] {
      for family in ["gaussian", "gamma"] {
        let positive = try file(Self.waves().replacing("-", with: ""), "positive.csv")
        let arguments = [
          "fit", family == "gamma" ? positive : data, "--target", "y", "--family", family, "--json", "-",
        ]
        let memory = try Tool.run(arguments: arguments + penalty)
        let stream = try Tool.run(arguments: arguments + penalty + ["--stream"])
        #expect(memory.status == 0 && stream.status == 0, "\(memory.errors) \(stream.errors)")
        let ours = try #require(JSONSerialization.jsonObject(with: Data(stream.output.utf8)) as? [String: Any])
        let theirs = try #require(JSONSerialization.jsonObject(with: Data(memory.output.utf8)) as? [String: Any])
        #expect(ours["status"] as? String == "converged")
        for (name, value) in theirs["coefficients"] as! [String: Double] {
          #expect(
            abs((ours["coefficients"] as! [String: Double])[name]! - value) < 1e-7, "\(family) \(penalty) \(name)")
        }
      }
    }
  }

  @Test func standardInputCanBeStreamed() throws {
    let data = try file(Self.waves())
    let options = ["--target", "y", "--family", "gaussian", "--l2", "0.3", "--stream", "--json", "-"]
    let outcomes = [
      try Tool.run(arguments: ["fit", data] + options), try Tool.run(arguments: ["fit", "-"] + options, input: data),
    ]
    let coefficients = try outcomes.map {
      let json = try JSONSerialization.jsonObject(with: Data($0.output.utf8)) as? [String: Any]
      return try #require(json?["coefficients"] as? [String: Double], "\($0.errors)")
    }
    #expect(outcomes.allSatisfy { $0.status == 0 } && coefficients[0] == coefficients[1])
  }

  /// Envelopes of streamed rows and the interior point method of rows in memory end at one objective.
  @Test(arguments: ["quantile", "huber"], [[], ["--l2", "0.1"], ["--l1", "0.1"]])
  func streamedLossesWithLinearPartsConverge(family: String, penalty: [String]) throws {
    let arguments = ["fit", try file(Self.waves()), "--target", "y", "--family", family, "--json", "-"] + penalty
    let (memory, stream) = (try Tool.run(arguments: arguments), try Tool.run(arguments: arguments + ["--stream"]))
    #expect(memory.status == 0 && stream.status == 0, "\(memory.errors) \(stream.errors)")
    let objectives = try [memory, stream].map {
      try #require(
        (JSONSerialization.jsonObject(with: Data($0.output.utf8)) as? [String: Any])?["objective"] as? Double)
    }
    #expect(abs(objectives[0] - objectives[1]) < 1e-6 * objectives[0])
  }

  /// What a method has not is refused; what has no effect gets a warning.
  @Test(arguments: [
    (["--method", "sppa", "--momentum", "0.5"], "--momentum is not for --method sppa"),
    (["--method", "sgd", "--momentum", "0.5"], "--momentum is not for --method sgd"),
    (["--method", "sgd", "--batch-mode", "joint"], "--batch-mode joint is not for --method sgd"),
    (["--method", "sgdm", "--momentum", "1"], "between -1 and 1"),
    (["--method", "sgdm", "--momentum", "-1.5"], "between -1 and 1"),
    (["--method", "sgdm", "--damping", "contraction"], "--damping is not for --method sgdm"),
    (["--step", "0.1", "--initial-step", "2"], "--initial-step is not for constant steps"),
  ])
  func stepsThatDoNothingAreRefused(arguments: [String], message: String) throws {
    let outcome = try Tool.run(
      arguments: ["fit", try file(Self.waves()), "--target", "y", "--family", "gaussian"] + arguments)
    #expect(outcome.status == 64 && outcome.errors.contains(message), "\(outcome)")
  }

  @Test func momentumMayBeNegative() throws {
    let (outcome, json) = try fit(
      file(Self.waves()), "--target", "y", "--family", "gaussian", "--momentum", "-0.3", "--step", "0.001")
    #expect(outcome.status == 0 && json["status"] as? String == "stopped")
    #expect((json["method"] as? String)?.contains("momentum -0.3") == true, "\(json)")
    let idle = try Tool.run("fit", file(Self.waves()), "--target", "y", "--family", "gaussian", "--batch", "5")
    #expect(idle.status == 0 && idle.errors.contains("--batch changes nothing"))
  }

  @Test func streamedRowsWithLevelsAndClassesConverge() throws {
    var text = "store,time,kind\n"
    for row in 0..<200 {
      text += "s\(row % 23),\(1_700_000_000 + row * 7919 % 90_001),\(["u", "v", "w"][(row * row + row / 3) % 3])\n"
    }
    let data = try file(text)
    for extra in [["--l2", "0.01"], []] {
      let arguments = ["fit", data, "--target", "kind", "--family", "multinomial", "--json", "-"] + extra
      let memory = try JSONSerialization.jsonObject(with: Data(Tool.run(arguments: arguments).output.utf8))
      let stream = try JSONSerialization.jsonObject(
        with: Data(Tool.run(arguments: arguments + ["--stream"]).output.utf8))
      let (ours, theirs) = (try #require(stream as? [String: Any]), try #require(memory as? [String: Any]))
      #expect(ours["status"] as? String == theirs["status"] as? String)
      #expect(abs((ours["objective"] as! Double) - (theirs["objective"] as! Double)) < 1e-6)
    }
  }

  @Test func streamedRowsDivergeAsThoseInMemory() throws {
    var text = "x,z,y\n"
    for row in 0..<600 { text += "\(sin(Double(row)) * 3),\(cos(Double(row) * 1.3) * 3),\(row % 5)\n" }
    let arguments = [
      "fit", try file(text), "--target", "y", "--family", "poisson", "--method", "sgd", "--step", "0.3", "--batch", "1",
      "--epochs", "2", "--json", path("out.json"), "--model", path("model.json"),
    ]
    for extra in [[], ["--stream"]] {
      let outcome = try Tool.run(arguments: arguments + extra)
      #expect(outcome.status == 2 && outcome.errors.contains("diverged"), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: path("model.json")))
    }
  }

  @Test func weightsAreRelative() throws {
    let weighted = Self.waves(weights: true)
    let lines = weighted.split(separator: "\n")
    let without = ([lines[0]] + lines.dropFirst().filter { $0.split(separator: ",")[2] != "0" }).joined(separator: "\n")
    let doubled =
      ([String(lines[0])]
      + lines.dropFirst().map { line in
        var fields = line.split(separator: ",").map(String.init)
        fields[2] = "\(2 * Double(fields[2])!)"
        return fields.joined(separator: ",")
      }).joined(separator: "\n")
    var found: [[String: Double]] = []
    for (index, text) in [weighted, without, doubled].enumerated() {
      for stream in [[], ["--stream"]] {
        let outcome = try Tool.run(
          arguments: [
            "fit", try file(text + "\n", "\(index).csv"), "--target", "y", "--family", "gaussian", "--weights", "w",
            "--l2",
            "1", "--json", "-",
          ] + stream)
        let json = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        found.append(try #require(json["coefficients"] as? [String: Double]))
      }
    }
    for other in found { for (name, value) in found[0] { #expect(abs(other[name]! - value) < 1e-9, "\(name)") } }
    let zero = try file("x,w,y\n1,0,1\n2,0,3\n", "zero.csv")
    let refused = try Tool.run("fit", zero, "--target", "y", "--family", "gaussian", "--weights", "w")
    #expect(refused.status == 65 && refused.errors.contains("are all 0"))
  }

  @Test(arguments: [
    ("x;y\n1,5;1\n2.5;2\n3,5;2\n4,5;5\n", "1,5"), ("x;y\n-;1\n2.5;2\n3.5;2\n4.5;5\n", "-"),
    ("x;y\n#N/A;1\n2;2\n3;2\n4;5\n", "#N/A"), ("x;y\nNone;1\n2;2\n3;2\n4;5\n", "None"),
    ("x;y\n\u{2212}1;1\n\u{2212}2;2\n3;2\n4;5\n", "\u{2212}1"), ("x;y\n1'000;1\n2'000;2\n3'000;2\n4;5\n", "1'000"),
    ("x;y\na;1\nb;2\nc;2\nd;5\ne;1\nf;1\n", "6 levels in 6 rows"),
  ])
  func textInThePlaceOfNumbersIsDoubted(text: String, example: String) throws {
    let (outcome, _) = try fit(file(text), "--target", "y", "--family", "gaussian", "--delimiter", ";")
    #expect(outcome.errors.contains("warning: column \"x\"") && outcome.errors.contains(example), "\(outcome.errors)")
    let declared = try fit(
      file(text), "--target", "y", "--family", "gaussian", "--delimiter", ";", "--categorical", "x")
    #expect(!declared.outcome.errors.contains("column \"x\""))
  }

  @Test func ordinaryTextIsNotDoubted() throws {
    let (outcome, _) = try fit(
      file("c,y\nred,1\nblue,2\nred,3\nred,4\nblue,1\n"), "--target", "y", "--family", "gaussian")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    // Classes may be numbers; as many classes as rows draw a warning.
    let classes = try fit(
      file("c,k\n1,1\n2,2\n4,1\n0,2\n3,3\n2,3\n1,3\n"), "--target", "k", "--family", "multinomial", "--l2", "0.1")
    #expect(classes.outcome.status == 0 && classes.outcome.errors.isEmpty, "\(classes.outcome.errors)")
    let each = try fit(
      file("c,k\n1,a\n2,b\n4,c\n0,d\n3,e\n"), "--target", "k", "--family", "multinomial", "--l2", "0.1")
    #expect(each.outcome.errors.contains("warning: column \"k\""))
  }

  @Test func namesAreDistinct() throws {
    let twice = try fit(file(Self.waves()), "--target", "y", "--family", "gaussian", "--columns", "a,b,a,1")
    let once = try fit(file(Self.waves()), "--target", "y", "--family", "gaussian")
    #expect(twice.outcome.status == 0)
    #expect(twice.json["coefficients"] as? [String: Double] == once.json["coefficients"] as? [String: Double])
    let collision = try fit(
      file("k,k=v,y\nu,1,1\nv,2,2\nw,1,3\nv,3,1\n"), "--target", "y", "--family", "gaussian")
    #expect(collision.outcome.status == 65 && collision.outcome.complaint.contains("two features called \"k=v\""))
  }

  @Test(arguments: ["gaussian", "binomial", "hinge", "quantile", "huber", "squared-hinge"])
  func exposuresNeedALogarithm(family: String) throws {
    let data = try file("x,t,y\n1,2,1\n2,1,0\n3,2,1\n")
    let (outcome, _) = try fit(data, "--target", "y", "--family", family, "--exposure", "t")
    #expect(outcome.status == 64 && outcome.errors.contains("--exposure is not for"))
  }

  @Test func everyKeyIsWritten() throws {
    let data = try file(Self.waves())
    for arguments in [["--method", "sgd", "--step", "100"], ["--l2", "0.1"], ["--stream"]] {
      let outcome = try Tool.run(
        arguments: ["fit", data, "--target", "y", "--family", "gaussian", "--json", "-"] + arguments)
      let json = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      for key in ["objective", "progressiveLoss", "validationLoss", "intercept"] { #expect(json[key] != nil, "\(key)") }
    }
  }

  @Test(arguments: ["--epochs", "--batch", "--patience", "--seed"])
  func hugeNumbersAreNoTrap(option: String) throws {
    for extra in [[], ["--stream"]] where !(option == "--epochs" && extra == ["--stream"]) {
      let held = extra.isEmpty ? ["--validation", "0.2"] : []
      let outcome = try Tool.run(
        arguments: [
          "fit", try file(Self.waves()), "--target", "y", "--family", "gaussian", "--standardize", "--step", "1",
          option,
          "\(Int.max)",
        ] + extra + held)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let joint = try Tool.run(
      "fit", file(Self.waves()), "--target", "y", "--family", "gaussian", "--step", "1", "--batch-mode", "joint",
      "--batch", "4000")
    #expect(joint.status == 0)
    let refused = try Tool.run(
      "fit", file(Self.waves()), "--target", "y", "--family", "gaussian", "--step", "1", "--batch-mode", "joint",
      "--batch", "\(Int.max)")
    #expect(refused.status == 64)
  }

  @Test func indicesThatMostlyNeverOccurAreRefused() throws {
    let outcome = try Tool.run("fit", file("1 3:1 40000000:2\n0 2:1\n", "wide.svm"), "--family", "gaussian")
    #expect(outcome.status == 65 && outcome.complaint.contains("40000000"))
  }

  @Test func modelsOfAnInterceptAreFittedAndPredict() throws {
    for (text, family, intercept) in [("y\n2\n4\n9\n", "gaussian", 5.0), ("x,y\n3,1\n3,5\n", "poisson", log(3))] {
      let (outcome, json) = try fit(file(text), "--target", "y", "--family", family, "--model", path("model.json"))
      #expect(outcome.status == 0 && json["status"] as? String == "converged", "\(outcome.errors)")
      #expect(abs((json["intercept"] as! Double) - intercept) < 1e-9)
      let prediction = try Tool.run("predict", path("model.json"), file(text))
      #expect(prediction.status == 0, "\(prediction.errors)")
    }
  }

  private static let columns =
    "\"columns\":[{\"name\":\"x\",\"mean\":1},"
    + "{\"name\":\"g\",\"levels\":[\"u\",\"v\"],\"reference\":\"u\",\"mostFrequent\":\"u\"}]"

  /// A model of numbers and levels, with one edit.
  @Test(arguments: [
    ("\"levels\":[\"u\",\"v\"]", "\"levels\":[\"u\",\"v\",\"v\"]"), ("\"levels\":[\"u\",\"v\"]", "\"levels\":[]"),
    ("\"reference\":\"u\"", "\"reference\":\"q\""), ("\"mean\":1", "\"mean\":\"1\""), ("\"mean\":1", "\"other\":1"),
    ("\"x\":0.5", "\"x\":1e999"), ("\"x\":0.5", "\"q\":0.5"), ("\"x\":0.5", "\"x\":0.5,\"z\":1"),
    ("\"intercept\":2", "\"intercept\":\"2\""), ("\"link\":\"identity\"", "\"link\":\"log\""),
    ("\"name\":\"gaussian\"", "\"name\":\"quantile\",\"parameter\":3"),
    ("\"name\":\"gaussian\"", "\"name\":\"negative-binomial\",\"parameter\":-1"),
    ("\"name\":\"gaussian\"", "\"name\":\"huber\""), ("\"name\":\"gaussian\"", "\"name\":\"binomial\""),
    ("{\"name\":\"x\",\"mean\":1}", "{\"name\":\"x\",\"mean\":1},{\"name\":\"x\",\"mean\":1}"),
    ("{\"name\":\"x\",\"mean\":1}", "{\"name\":\"g=v\",\"mean\":1}"),
    (columns, "\"firstIndex\":1,\"featureCount\":9223372036854775807"),
    (columns, "\"firstIndex\":9223372036854775807,\"featureCount\":7"),
  ])
  func editedModelsAreRefused(old: String, new: String) throws {
    let good =
      "{\"family\":{\"name\":\"gaussian\"},\"link\":\"identity\",\"target\":\"y\",\"input\":{\(Self.columns)},"
      + "\"intercept\":2,\"coefficients\":{\"x\":0.5,\"g=v\":1}}"
    let data = try file("x,g,g=v\n1,u,1\n2,v,1\n")
    let right = try Tool.run("predict", file(good, "good.json"), data)
    #expect(right.status == 0 && right.output == "prediction\n2.5\n4.0\n", "\(right.errors)")
    #expect(good.contains(old))
    let outcome = try Tool.run("predict", file(good.replacing(old, with: new), "bad.json"), data)
    #expect(outcome.status == 65 && outcome.complaint.hasPrefix("espalier: "), "\(outcome.status) \(outcome.errors)")
  }
}
