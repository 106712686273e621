using Actors.Engine.Generator;
using Microsoft.CodeAnalysis;

namespace Actors.Engine.Tests.Generator;

public sealed class GeneratorTests
{
    private const string Valid =
        """
        namespace Sample;

        public interface IClockGrain : IGrainWithStringKey
        {
            Task<int?> CountAsync(string text, string? note, ImmutableArray<int>? numbers, CancellationToken cancellationToken);
            ValueTask<Hand?> MoveAsync(Hand hand, Hand? other);
            ValueTask WindAsync(Dictionary<Guid, List<Hand>> @class);
            [OneWay] Task TickAsync(IClockObserver sender);
            [OneWay] ValueTask TockAsync();
            [AlwaysInterleave, ReadOnly] Task<ImmutableArray<Hand>> HandsAsync();
        }

        public interface IAlarmGrain : IClockGrain { Task RingAsync(); }

        public interface IClockObserver : IGrainObserver { [OneWay] void Ring(int grainId); }

        [GenerateSerializer, Immutable, Alias("hand")]
        public sealed partial record Hand([property: Id(0)] int Angle, [property: Id(1)] Hand? Next);

        public partial record Hand { public string Text => "x"; }

        public static class Outer
        {
            [GenerateSerializer, Alias("dial")]
            internal sealed class Dial { [Id(1)] public required List<Hand?> Hands; [Id(7)] public string @event { get; init; } = ""; }
        }

        [Reentrant, GrainType("alarm-clock"), CollectionAgeLimit(Minutes = 2.5)]
        internal sealed class AlarmGrain(
            [PersistentState("dial", "store")] IPersistentState<Outer.Dial> dial, TimeProvider clock, IServiceProvider? services, IGrainContext context)
            : Grain, IAlarmGrain, IRemindable
        {
            public Task<int?> CountAsync(string text, string? note, ImmutableArray<int>? numbers, CancellationToken cancellationToken) =>
                Task.FromResult<int?>((dial, clock, services, context).GetHashCode());
            public ValueTask<Hand?> MoveAsync(Hand hand, Hand? other) => new(other);
            public ValueTask WindAsync(Dictionary<Guid, List<Hand>> hands) => default;
            public Task TickAsync(IClockObserver observer) => Task.CompletedTask;
            public ValueTask TockAsync() => default;
            public Task<ImmutableArray<Hand>> HandsAsync() => Task.FromResult(ImmutableArray<Hand>.Empty);
            public Task RingAsync() => Task.CompletedTask;
            public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
        }
        """;

    [Fact]
    public void Run_OnValidSource_MakesCodeWithoutWarnings() => Assert.Empty(GeneratorHarness.CompilerMessages(Valid));

    [Theory]
    [InlineData("partial class SplitGrain { }", "partial class SplitGrain : Grain, IGrainWithStringKey { }")]
    [InlineData("partial class SplitGrain : Grain { }", "partial class SplitGrain : IGrainWithStringKey { }")]
    public void Run_OnAGrainInParts_FindsItWhicheverPartComesFirst(params string[] parts)
    {
        var driver = GeneratorHarness.Driver().RunGenerators(GeneratorHarness.Compile(string.Join('\n', parts)), TestContext.Current.CancellationToken);

        Assert.Single(driver.GetRunResult().GeneratedTrees, tree => tree.FilePath.Contains("SplitGrain", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_OnSourceWithoutGrains_MakesNothing()
    {
        var driver = GeneratorHarness.Driver().RunGenerators(
            GeneratorHarness.Compile("class Plain : List<int> { }"), TestContext.Current.CancellationToken);

        Assert.Empty(driver.GetRunResult().GeneratedTrees);
    }

    [Fact]
    public void Run_AfterUnrelatedChange_TakesEverythingFromTheCache()
    {
        var compilation = GeneratorHarness.Compile(Valid);
        var driver = GeneratorHarness.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);

        driver = driver.RunGenerators(
            compilation.AddSyntaxTrees(GeneratorHarness.Parse("class Unrelated;")), TestContext.Current.CancellationToken);

        var result = driver.GetRunResult().Results.Single();
        var steps = ActorsGenerator.Steps.SelectMany(name => result.TrackedSteps[name]).Concat(result.TrackedOutputSteps.SelectMany(step => step.Value));
        Assert.All(
            steps.SelectMany(step => step.Outputs),
            output => Assert.Contains(output.Reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
    }

    [Theory]
    [InlineData("ACT001", "int Get();")]
    [InlineData("ACT001", "void Get();")]
    [InlineData("ACT001", "IAsyncEnumerable<int> Get();")]
    [InlineData("ACT002", "Task Get(); Task Get(int a);")]
    [InlineData("ACT003", "Task Get<T>();")]
    [InlineData("ACT007", "Task Get(CancellationToken a, int b);")]
    [InlineData("ACT008", "Task Get() => Task.CompletedTask;")]
    [InlineData("ACT009", "Task Get(object a);")]
    [InlineData("ACT009", "Task<dynamic> Get();")]
    [InlineData("ACT009", "Task Get(IEnumerable<int> a);")]
    [InlineData("ACT009", "Task Get(ImmutableDictionary<string, int> a);")]
    [InlineData("ACT009", "Task Get(List<Version> a);")]
    [InlineData("ACT010", "int Count { get; }")]
    [InlineData("ACT010", "Task Get(ref int a);")]
    [InlineData("ACT010", "event Action Changed;")]
    [InlineData("ACT014", "[Alias(\"a\")] Task Get(); [Alias(\"a\")] Task Put();")]
    [InlineData("ACT016", "[OneWay] Task<int> Get();")]
    public void Run_OnForbiddenMethod_Refuses(string id, string member) =>
        Assert.Equal([id], GeneratorHarness.Refusals($"public interface IBadGrain : IGrainWithStringKey {{ {member} }}").Distinct());

    [Theory]
    [InlineData("ACT004", "[GenerateSerializer, Alias(\"a\")] record Bad(int A);")]
    [InlineData("ACT004", "[GenerateSerializer, Alias(\"a\")] class Bad { int _hidden; }")]
    [InlineData("ACT005", "[GenerateSerializer, Alias(\"a\")] record Bad([property: Id(1)] int A, [property: Id(1)] int B);")]
    [InlineData("ACT006", "[GenerateSerializer] record Bad([property: Id(0)] int A);")]
    [InlineData("ACT009", "[GenerateSerializer, Alias(\"a\")] record Bad([property: Id(0)] object A);")]
    [InlineData("ACT011", "[GenerateSerializer, Alias(\"a\")] record Bad<T>([property: Id(0)] int A);")]
    [InlineData("ACT012", "[GenerateSerializer, Alias(\"a\")] class Bad { [Id(0)] public int A { get; } }")]
    [InlineData("ACT013", "[GenerateSerializer, Alias(\"a\")] record Bad([property: Id(0)] Bad A);")]
    [InlineData("ACT015", "class Outer { [GenerateSerializer, Alias(\"a\")] private record Bad([property: Id(0)] int A); }")]
    [InlineData("ACT019", "[GenerateSerializer, Alias(\"a\")] class Bad : List<int> { }")]
    public void Run_OnForbiddenRecord_Refuses(string id, string source) => Assert.Equal([id], GeneratorHarness.Refusals(source));

    [Theory]
    [InlineData("ACT017", "class BadGrain : Grain, IGrainWithStringKey { public BadGrain() { } public BadGrain(TimeProvider a) { } }")]
    [InlineData("ACT017", "class BadGrain(int a) : Grain, IGrainWithStringKey { }")]
    [InlineData("ACT018", "class BadGrain([PersistentState(\"a\")] IPersistentState<Version> a) : Grain, IGrainWithStringKey { }")]
    [InlineData("ACT018", "class BadGrain([PersistentState(\"a\")] Version a) : Grain, IGrainWithStringKey { }")]
    [InlineData("ACT011", "class BadGrain<T> : Grain, IGrainWithStringKey { }")]
    public void Run_OnForbiddenGrain_Refuses(string id, string source) => Assert.Equal([id], GeneratorHarness.Refusals(source));
}
