use blitz_dom::{BaseDocument, NodeId};

/// Every node of the document, parents before children.
pub(super) fn descendants(doc: &BaseDocument) -> Vec<NodeId> {
    let mut order = Vec::new();
    let mut open = vec![doc.root_element().id];
    while let Some(id) = open.pop() {
        order.push(id);
        if let Some(node) = doc.get_node(id) {
            let generated = [node.after(), node.before()];
            open.extend(generated[..1].iter().flatten());
            open.extend(node.children.iter().rev());
            open.extend(generated[1..].iter().flatten());
        }
    }
    order
}
