using System.Diagnostics.CodeAnalysis;
using Actors.Engine.CodeGeneration;
using Actors.Engine.Runtime;
using Actors.Engine.Serialization;
using Orleans.Runtime;

namespace Actors.Engine.Transport;

/// <summary>
/// What is called on a connection, by small numbers that the calling end gives: the names travel once. Each end has
/// one for what it writes and one for what it reads.
/// </summary>
internal sealed class OutboundRoutes
{
    private readonly Dictionary<(GrainType Type, GrainMethod Method), ulong> _numbers = [];
    private ulong _unconfirmed;

    /// <summary>Writes the number, and the names the first time.</summary>
    public void Write(FieldWriter writer, GrainType type, GrainMethod method)
    {
        if (_numbers.TryGetValue((type, method), out var number))
        {
            writer.WriteVarint(CallFields.Route, number);
            return;
        }

        _unconfirmed = (ulong)_numbers.Count + 1;
        _numbers.Add((type, method), _unconfirmed);
        writer.WriteVarint(CallFields.Route, _unconfirmed);
        var names = writer.Begin(CallFields.NewRoute);
        writer.WriteText(CallFields.RouteGrainType, type.ToString());
        writer.WriteText(CallFields.RouteInterface, method.InterfaceAlias);
        writer.WriteText(CallFields.RouteMethod, method.MethodAlias);
        writer.End(names);
    }

    /// <summary>What was written last was sent, or taken back.</summary>
    public void Settle(bool isSent)
    {
        if (_unconfirmed != 0 && !isSent)
        {
            _numbers.Remove(_numbers.First(pair => pair.Value == _unconfirmed).Key);
        }

        _unconfirmed = 0;
    }
}

/// <summary>The other end's numbers.</summary>
internal sealed class InboundRoutes(GrainTypes types)
{
    private const int MaxRoutes = 1 << 16;

    private readonly List<InboundRoute> _routes = [];

    public InboundRoute Read(ulong number, bool isNew, ref FieldReader names)
    {
        if (!isNew)
        {
            return number - 1 < (ulong)_routes.Count
                ? _routes[(int)number - 1]
                : throw new ProtocolException($"Route {number} was never named.");
        }

        var route = Read(ref names);
        if (number == (ulong)_routes.Count + 1 && _routes.Count < MaxRoutes)
        {
            _routes.Add(route);
        }
        else if (number - 1 < (ulong)_routes.Count)
        {
            _routes[(int)number - 1] = route;
        }
        else
        {
            throw new ProtocolException($"Route {number} is out of turn.");
        }

        return route;
    }

    private InboundRoute Read(ref FieldReader names)
    {
        var (type, interfaceAlias, methodAlias) = ("", "", "");
        while (names.Next())
        {
            switch (names.Id)
            {
                case CallFields.RouteGrainType:
                    type = names.ReadText();
                    break;
                case CallFields.RouteInterface:
                    interfaceAlias = names.ReadText();
                    break;
                case CallFields.RouteMethod:
                    methodAlias = names.ReadText();
                    break;
            }
        }

        if (type.Length == 0 || type.Contains('/', StringComparison.Ordinal))
        {
            throw new ProtocolException("A route names no grain type.");
        }

        var method = types.FindInterface(interfaceAlias)?.Methods.FirstOrDefault(m => m.Method.MethodAlias == methodAlias);
        return new InboundRoute(GrainType.Create(type), $"{interfaceAlias}.{methodAlias}", method?.Decode);
    }
}

/// <summary>What a call calls.</summary>
/// <param name="Type">The grain's type.</param>
/// <param name="Name">The method, to name it in an error.</param>
/// <param name="Decode">Reads the arguments; null when the method is not known here.</param>
internal sealed record InboundRoute(GrainType Type, string Name, RequestDecoder? Decode)
{
    [MemberNotNullWhen(true, nameof(Decode))]
    public bool IsKnown => Decode is not null;
}
