using System.Collections.Immutable;
using Actors.Engine.CodeGeneration;
using Actors.Engine.Serialization;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Actors.Engine.Tests.Serialization;

/// <summary>Generated references and requests, without a runtime.</summary>
public sealed class RequestTests
{
    private readonly Outbox _outbox = new();

    [Fact]
    public async Task Call_ThroughTheWire_InvokesTheMethodWithItsArguments()
    {
        var grain = _outbox.Reference<IPostGrain>("post/1");
        var observer = _outbox.Reference<IPostObserver>("observer/2");
        using var cancellation = new CancellationTokenSource();
        _ = grain.SendAsync("text", null, [new Leaf("l", default)], observer, cancellation.Token);
        var sent = (GrainRequest<Leaf?>)_outbox.Sent!;
        var received = (GrainRequest<Leaf?>)_outbox.Travel(sent);

        var target = new Post();
        var result = await received.InvokeAsync(target, TestContext.Current.CancellationToken);

        Assert.Equal(cancellation.Token, sent.CancellationToken);
        Assert.Equal(("text", null, "l", observer), (target.Text, target.Note, target.Leaves[0].Name, target.Observer));
        Assert.Equal(new Leaf("answer", new Point(1, 2)), ThroughTheWire(received, result));
        Assert.Null(ThroughTheWire(received, null));
    }

    [Fact]
    public void OneWayCall_OfObserver_IsCompleteAtOnce()
    {
        var observer = _outbox.Reference<IPostObserver>("observer/2");

        Assert.True(observer.OnPostAsync(4).IsCompletedSuccessfully);
        Assert.True(_outbox.Sent!.Method is { OneWay: true, MethodAlias: "post", InterfaceAlias: "tests.post-observer" });
    }

    [Fact]
    public void Reference_OfSameIdAndInterface_IsEqual()
    {
        Assert.Equal(_outbox.Reference<IPostGrain>("post/1"), _outbox.Reference<IPostGrain>("post/1"));
        Assert.NotEqual(_outbox.Reference<IPostGrain>("post/1"), _outbox.Reference<IPostGrain>("post/2"));
    }

    [Fact]
    public void Encode_OfObjectInPlaceOfReference_IsRefused()
    {
        _ = _outbox.Reference<IPostGrain>("post/1").SendAsync("", null, [], new Observer(), TestContext.Current.CancellationToken);

        Assert.Throws<CodecException>(() => _outbox.Travel(_outbox.Sent!));
    }

    private static Leaf? ThroughTheWire(GrainRequest<Leaf?> request, Leaf? result)
    {
        using var writer = new FieldWriter();
        request.EncodeResult(writer, result);
        var reader = new FieldReader(writer.WrittenSpan);
        return request.DecodeResult(ref reader);
    }

    private sealed class Outbox : IRequestSender, IReferenceResolver
    {
        private static readonly ImmutableArray<InterfaceDescriptor> Interfaces = GrainManifest.Of(typeof(RequestTests).Assembly).Interfaces;

        public GrainRequest? Sent { get; private set; }

        public T Reference<T>(string id) => (T)(object)CreateReference(typeof(T), GrainId.Parse(id));

        public GrainReference CreateReference(Type interfaceType, GrainId grainId) =>
            Interfaces.Single(candidate => candidate.InterfaceType == interfaceType).CreateReference(this, grainId);

        public void Send(GrainReference target, GrainRequest request) => Sent = request;

        public GrainReference Resolve(GrainId grainId, string interfaceAlias) =>
            Interfaces.Single(candidate => candidate.Alias == interfaceAlias).CreateReference(this, grainId);

        public GrainRequest Travel(GrainRequest request)
        {
            using var writer = new FieldWriter();
            request.EncodeArguments(writer);
            var reader = new FieldReader(writer.WrittenSpan, this);
            return Interfaces.Single(candidate => candidate.Alias == request.Method.InterfaceAlias)
                .Methods.Single(method => method.Method == request.Method).Decode(ref reader);
        }
    }

    private sealed class Post : IPostGrain
    {
        public string? Text { get; private set; }

        public string? Note { get; private set; }

        public ImmutableArray<Leaf> Leaves { get; private set; }

        public IPostObserver? Observer { get; private set; }

        public Task<Leaf?> SendAsync(
            string text, string? note, ImmutableArray<Leaf> leaves, IPostObserver observer, CancellationToken cancellationToken)
        {
            (Text, Note, Leaves, Observer) = (text, note, leaves, observer);
            return Task.FromResult<Leaf?>(new Leaf("answer", new Point(1, 2)));
        }
    }

    private sealed class Observer : IPostObserver
    {
        public Task OnPostAsync(int count) => Task.CompletedTask;
    }
}

[Alias("tests.post")]
internal interface IPostGrain : IGrainWithStringKey
{
    [Alias("send")]
    Task<Leaf?> SendAsync(string text, string? note, ImmutableArray<Leaf> leaves, IPostObserver observer, CancellationToken cancellationToken);
}

[Alias("tests.post-observer")]
internal interface IPostObserver : IGrainObserver
{
    [Alias("post"), OneWay]
    Task OnPostAsync(int count);
}
