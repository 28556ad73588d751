"""The models whose texts stand in the folder `expected`: each function gives the elements to render."""

from codeable_models import CClass, CEnum, CMetaclass, CObject, CStereotype, add_links

__all__ = ["MODELS"]


def worked_example():
    widget = CMetaclass("Widget", attributes={"size": int, "tags": list})
    panel = CMetaclass("Panel", superclasses=widget)
    holds = panel.association(widget, "holds: [outer] 1 -> [inner] *")
    fancy = CStereotype("Fancy", extended=widget, attributes={"why": str})
    kind = CStereotype("Kind", extended=holds, attributes={"note": str})
    main = CClass(panel, "Main panel of the control room", stereotype_instances=fancy)
    main.tagged_values = {"why": "looks"}
    main.values = {"size": 3, "tags": ["a", 1]}
    knob = CClass(widget, "Knob")
    [link] = add_links({main: knob}, role_name="inner", label="left side", stereotype_instances=kind)
    link.set_tagged_value("note", "n1")
    return [widget, panel, fancy, kind], [main, knob]


def worked_example_classes():
    return worked_example()[0]


def worked_example_objects():
    return worked_example()[1]


def associations():
    metaclass = CMetaclass("M")
    a, b, outside = (CClass(metaclass, name) for name in ("A", "B", "Outside"))
    a.association(b, "uses: [x] 1 -> [y] *")
    a.association(b, "0..1 -> 1..*")
    a.association(b, "owns: 1 <>- *")
    a.association(b, "1 <*>- 2")
    a.association(a, "next: * -> 0..1")
    b.association(a, "back: 1 -> 1")
    a.association(outside, "to outside: 1 -> 1")
    outside.association(a, "from outside: 1 -> 1")
    return [a, b]


def inheritance():
    metaclass = CMetaclass("M")
    top = CClass(metaclass, "Top")
    left, right = CClass(metaclass, "Left", superclasses=top), CClass(metaclass, "Right", superclasses=top)
    CClass(metaclass, "Outside", superclasses=top)
    bottom = CClass(metaclass, "Bottom", superclasses=[right, left])
    return [bottom, top, right, left]


def attributes():
    metaclass = CMetaclass("M")
    colour = CEnum("Colour", values=["red", "green", 3])
    part, nameless = CClass(metaclass, "Part"), CClass(metaclass)
    thing = CClass(
        metaclass,
        "Thing",
        attributes={
            "text": str,
            "count": int,
            "ratio": float,
            "flag": bool,
            "items": list,
            "colour": colour,
            "part": part,
            "nameless": nameless,
            "with default": 5,
        },
    )
    return [thing, colour, part, CEnum("Empty")]


def stereotyped_classes():
    widget = CMetaclass("Widget", attributes={"size": int})
    fancy = CStereotype("Fancy", extended=widget, attributes={"why": str, "level": 3, "unset": str})
    sub = CStereotype("Sub", superclasses=fancy, attributes={"extra": list})
    plain = CStereotype("Plain", extended=widget)
    a = CClass(widget, "A", values={"size": 2}, stereotype_instances=[sub, plain])
    a.tagged_values = {"why": "looks", "extra": ["x", 2]}
    b, c = CClass(widget, "B", stereotype_instances=plain), CClass(widget, "C")
    return [a, b, c]


def extensions():
    a, b = CMetaclass("A"), CMetaclass("B")
    named, unnamed = a.association(b, "rel: 1 -> *"), a.association(b, "1 <>- *")
    s, t = CStereotype("S", extended=[a, b]), CStereotype("T", extended=b)
    r, r2 = CStereotype("R", extended=[named, unnamed]), CStereotype("R2", extended=named)
    CStereotype("not in the list", extended=[named, unnamed])
    return [s, a, b, t, r, r2]


def derived_associations():
    metaclass = CMetaclass("M")
    origin = metaclass.association(metaclass, "* -> *")
    option, extra = (
        CStereotype("Option", extended=origin, attributes={"name": str}),
        CStereotype("Extra", extended=origin),
    )
    x, y = CClass(metaclass, "X"), CClass(metaclass, "Y")
    both = [option, extra]
    named = x.association(y, "holds: 1 -> *", derived_from=origin, stereotype_instances=both)
    named.set_tagged_value("name", "the text")
    x.association(y, "1 -> *", derived_from=origin, stereotype_instances=option)
    x.association(y, "plain: 1 -> *", derived_from=origin)
    return [x, y]


def long_names():
    metaclass = CMetaclass("M")
    main, other = CClass(metaclass, "Main panel of the control room"), CClass(metaclass, "Other")
    main.association(other, "is connected to the panel beside it: 1 -> *")
    return [
        main,
        other,
        CEnum("An enumeration with a name too long", values=["a value of any length is kept as it is"]),
    ]


def identifiers():
    metaclass = CMetaclass("M")
    repeated = CClass(metaclass, "How to deploy?")
    names = ["Größe-3²", None, 'a.b "c" (d)', ""]
    return [repeated, *(CClass(metaclass, name) for name in names), repeated]


def values():
    metaclass = CMetaclass("M")
    colour, part = CEnum("Colour", values=["red"]), CClass(metaclass, "Part")
    top = CClass(metaclass, "Top", attributes={"shared": "top", "t": int})
    cl = CClass(
        metaclass,
        "C",
        superclasses=top,
        attributes={
            "shared": str,
            "text": str,
            "count": int,
            "ratio": float,
            "flag": bool,
            "items": list,
            "colour": colour,
            "part": part,
            "empty": int,
            "no items": list,
        },
    )
    p = CObject(part, "p1")
    given = {"t": 7, "part": p, "colour": "red", "items": ["a", 1, True, p], "flag": True, "ratio": 2}
    o = CObject(cl, "o1", values={**given, "count": 3, "text": "a text that is far too long for one line"})
    return [o, p]


def links():
    metaclass = CMetaclass("M")
    base = CClass(metaclass, "Base")
    node = CClass(metaclass, "Node", superclasses=base)
    first = node.association(node, "first: [f] * -> [t] *")
    second = node.association(node, "second: [f2] * <>- [t2] *")
    inherited = base.association(base, "inherited: [f0] * <*>- [t0] *")
    a, b, c, outside = (CObject(node, name) for name in ("a", "b", "c", "outside"))
    add_links({a: b}, association=second, label="two")
    add_links({a: c}, association=first)
    add_links({a: b}, association=first, label="one")
    add_links({c: a}, association=first)
    add_links({a: b}, association=inherited)
    add_links({a: [a, outside]}, association=first)
    return [a, b, c]


def stereotyped_links():
    metaclass = CMetaclass("M")
    relation = metaclass.association(metaclass, "rel: [from] * -> [to] *")
    k, other = (
        CStereotype("K", extended=relation, attributes={"note": str}),
        CStereotype("L", extended=relation),
    )
    a, *targets = (CClass(metaclass, name) for name in "abcde")
    two, tagged, labelled, everything = a.add_links(targets, role_name="to", stereotype_instances=k)
    two.stereotype_instances = [k, other]
    tagged.set_tagged_value("note", "n")
    labelled.label = "l"
    everything.label = "l"
    everything.set_tagged_value("note", "n")
    return [a, *targets]


def unnamed():
    metaclass = CMetaclass("M")
    return [CObject(CClass(metaclass, "C")), CObject(CClass(metaclass), "o"), CObject(CClass(metaclass))]


def links_to_links():
    cl = CClass(CMetaclass("M"), "C")
    note = CClass(cl.metaclass, "Note")
    relation = cl.association(cl, "rel: [from] * -> [to] *", superclasses=cl)
    note.association(cl, "[note] * -> [noted] *")
    a, b, n = CObject(cl, "a"), CObject(cl, "b"), CObject(note, "n")
    [link] = add_links({a: b}, association=relation)
    add_links({n: link})
    return [n, link, a, b]


MODELS = {
    "class": [
        associations,
        inheritance,
        attributes,
        stereotyped_classes,
        extensions,
        derived_associations,
        long_names,
        identifiers,
    ],
    "object": [values, links, stereotyped_links, unnamed, links_to_links, stereotyped_classes],
}
